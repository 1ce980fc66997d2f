using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// Tells the name of an activity source or meter from the expression that gives it: constants, fields and locals that nothing assigns anew, the name of a type, of an assembly, of the
/// application or of another source. <see cref="AssemblyFact.UnknownName"/> for everything else.
/// </summary>
sealed class SourceName(SemanticModels models, Func<string, string?> createdInReference, CancellationToken cancellation)
{
    const int LongestChain = 8;

    /// <summary>The names in the arguments of <c>AddSource</c> or <c>AddMeter</c>.</summary>
    public IEnumerable<string> InArguments(InvocationExpressionSyntax call)
    {
        var model = models.Of(call);
        return call.ArgumentList.Arguments.SelectMany(a => Expand(a.Expression, model, 0));
    }

    /// <summary>The name that <c>new ActivitySource(…)</c>, <c>new Meter(…)</c> or <c>meterFactory.Create(…)</c> is given.</summary>
    public string OfCreation(ExpressionSyntax creation) => OfCreation(creation, models.Of(creation), 0);

    string OfCreation(ExpressionSyntax creation, SemanticModel model, int chain)
    {
        var arguments = creation is InvocationExpressionSyntax call ? ArgumentsOf(call, model) : ((BaseObjectCreationExpressionSyntax)creation).ArgumentList?.Arguments.ToList() ?? [];
        var given = arguments.Find(a => a.NameColon?.Name.Identifier.ValueText == "name")
            ?? arguments.Find(a => a.NameColon is null or { Name.Identifier.ValueText: "options" });
        if (given is null)
            return creation is BaseObjectCreationExpressionSyntax options ? NameInInitializer(options, model, chain) : AssemblyFact.UnknownName;
        return given.Expression is BaseObjectCreationExpressionSyntax nested ? OfCreation(nested, model, chain + 1) : Of(given.Expression, model, chain + 1);
    }

    /// <summary>The arguments without the factory, which an extension method may be handed as one.</summary>
    List<ArgumentSyntax> ArgumentsOf(InvocationExpressionSyntax call, SemanticModel model)
    {
        var isStatic = model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { IsExtensionMethod: true, ReducedFrom: null };
        return call.ArgumentList.Arguments.Skip(isStatic ? 1 : 0).ToList();
    }

    string NameInInitializer(BaseObjectCreationExpressionSyntax creation, SemanticModel model, int chain)
    {
        foreach (var assignment in (creation.Initializer?.Expressions ?? default).OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "Name" })
                return Of(assignment.Right, model, chain + 1);
        }
        return AssemblyFact.UnknownName;
    }

    IEnumerable<string> Expand(ExpressionSyntax expression, SemanticModel model, int chain)
    {
        switch (expression)
        {
            case ArrayCreationExpressionSyntax { Initializer: { } initializer }:
                return initializer.Expressions.SelectMany(e => Expand(e, model, chain));
            case ImplicitArrayCreationExpressionSyntax array:
                return array.Initializer.Expressions.SelectMany(e => Expand(e, model, chain));
            case CollectionExpressionSyntax collection:
                return collection.Elements.SelectMany(e => Expand(e is ExpressionElementSyntax element ? element.Expression : ((SpreadElementSyntax)e).Expression, model, chain));
        }
        if (chain < LongestChain && model.GetTypeInfo(expression, cancellation).Type is IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true }
            && Initializer(model.GetSymbolInfo(expression, cancellation).Symbol) is { } value)
        {
            return Expand(value, models.Of(value), chain + 1);
        }
        if (chain < LongestChain && Loop(expression, model) is { } loop)
            return Expand(loop.Expression, model, chain + 1);
        return [Of(expression, model, chain)];
    }

    /// <summary>The loop whose variable it is: a call in it is made with each of what the loop goes through.</summary>
    ForEachStatementSyntax? Loop(ExpressionSyntax expression, SemanticModel model) =>
        expression is IdentifierNameSyntax && model.GetSymbolInfo(expression, cancellation).Symbol is ILocalSymbol { IsForEach: true } variable
            ? variable.DeclaringSyntaxReferences[0].GetSyntax(cancellation) as ForEachStatementSyntax
            : null;

    string Of(ExpressionSyntax expression, SemanticModel model, int chain)
    {
        if (chain > LongestChain)
            return AssemblyFact.UnknownName;
        var constant = model.GetConstantValue(expression, cancellation);
        if (constant.HasValue)
            return constant.Value as string ?? AssemblyFact.UnknownName;
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Of(inner.Expression, model, chain + 1),
            PostfixUnaryExpressionSyntax forgiven when forgiven.IsKind(SyntaxKind.SuppressNullableWarningExpression) => Of(forgiven.Operand, model, chain + 1),
            BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Joined([Of(sum.Left, model, chain + 1), Of(sum.Right, model, chain + 1)]),
            BinaryExpressionSyntax either when either.IsKind(SyntaxKind.CoalesceExpression) => Of(either.Left, model, chain + 1),
            InterpolatedStringExpressionSyntax text => Joined(text.Contents.Select(c => c switch
            {
                InterpolatedStringTextSyntax plain => plain.TextToken.ValueText,
                InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => Of(hole.Expression, model, chain + 1),
                _ => AssemblyFact.UnknownName,
            })),
            _ => OfSymbol(expression, model, chain),
        };
    }

    static string Joined(IEnumerable<string> parts)
    {
        var list = parts.ToList();
        return list.Contains(AssemblyFact.UnknownName) ? AssemblyFact.UnknownName : string.Concat(list);
    }

    string OfSymbol(ExpressionSyntax expression, SemanticModel model, int chain)
    {
        var receiver = expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax } access => access.Expression,
            _ => null,
        };
        var symbol = model.GetSymbolInfo(expression is ConditionalAccessExpressionSyntax conditional ? conditional.WhenNotNull : expression, cancellation).Symbol;
        if (symbol is IPropertySymbol property && receiver is not null)
        {
            switch (property.Name, SymbolName.Of(property.ContainingType))
            {
                case ("ApplicationName", "Microsoft.Extensions.Hosting.IHostEnvironment" or "Microsoft.Extensions.Hosting.IHostingEnvironment" or "Microsoft.AspNetCore.Hosting.IHostingEnvironment"
                    or "Microsoft.AspNetCore.Hosting.IWebHostEnvironment"):
                    return AssemblyFact.ApplicationName;
                case ("Name" or "FullName" or "Namespace", "System.Type" or "System.Reflection.MemberInfo"):
                    return OfType(property.Name, receiver, model);
                case ("Name", "System.Reflection.AssemblyName"):
                    return OfAssembly(receiver, model);
                case ("Name", "System.Diagnostics.ActivitySource" or "System.Diagnostics.Metrics.Meter"):
                    return OfSource(receiver, model, chain);
            }
        }
        return Initializer(symbol) is { } value ? Of(value, models.Of(value), chain + 1) : AssemblyFact.UnknownName;
    }

    string OfType(string property, ExpressionSyntax receiver, SemanticModel model)
    {
        if (receiver is not TypeOfExpressionSyntax typeOf || model.GetTypeInfo(typeOf.Type, cancellation).Type is not INamedTypeSymbol { IsGenericType: false } type)
            return AssemblyFact.UnknownName;
        return property switch
        {
            "Name" => type.Name,
            "Namespace" => type.ContainingNamespace.IsGlobalNamespace ? AssemblyFact.UnknownName : type.ContainingNamespace.ToDisplayString(),
            _ => type.ContainingType is null ? SymbolName.Of(type) : AssemblyFact.UnknownName,
        };
    }

    /// <summary><c>typeof(T).Assembly.GetName()</c> and the like.</summary>
    string OfAssembly(ExpressionSyntax receiver, SemanticModel model)
    {
        if (receiver is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetName" } getName })
            return AssemblyFact.UnknownName;
        var assembly = getName.Expression is PostfixUnaryExpressionSyntax forgiven ? forgiven.Operand : getName.Expression;
        if (assembly is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Assembly", Expression: TypeOfExpressionSyntax typeOf })
            return model.GetTypeInfo(typeOf.Type, cancellation).Type?.ContainingAssembly?.Name ?? AssemblyFact.UnknownName;
        if (model.GetSymbolInfo(assembly, cancellation).Symbol is not IMethodSymbol method || SymbolName.Of(method.ContainingType) != "System.Reflection.Assembly")
            return AssemblyFact.UnknownName;
        return method.Name switch
        {
            "GetExecutingAssembly" => models.Compilation.AssemblyName ?? AssemblyFact.UnknownName,
            "GetEntryAssembly" => AssemblyFact.ApplicationName,
            _ => AssemblyFact.UnknownName,
        };
    }

    string OfSource(ExpressionSyntax receiver, SemanticModel model, int chain)
    {
        var symbol = model.GetSymbolInfo(receiver, cancellation).Symbol;
        return symbol is not null && !IsOwn(symbol)
            ? createdInReference(SymbolName.Of(symbol)) ?? AssemblyFact.UnknownName
            : Initializer(symbol) is BaseObjectCreationExpressionSyntax creation
                ? OfCreation(creation, models.Of(creation), chain + 1)
                : AssemblyFact.UnknownName;
    }

    /// <summary>What a field, property or local of this compilation is given where it is declared, and nothing in this compilation assigns anew.</summary>
    ExpressionSyntax? Initializer(ISymbol? symbol)
    {
        if (symbol is not (IFieldSymbol or IPropertySymbol or ILocalSymbol) || !IsOwn(symbol) || IsAssigned(symbol))
            return null;
        return symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax { ExpressionBody: { } body } => body.Expression,
            PropertyDeclarationSyntax { Initializer: { } initializer } => initializer.Value,
            _ => null,
        };
    }

    /// <summary>Whether it is assigned, handed on by reference or set in an object initializer anywhere in the compilation.</summary>
    bool IsAssigned(ISymbol symbol)
    {
        if (symbol is ILocalSymbol)
            return IsAssignedIn(BodyOf(symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation)), symbol);
        // Only a constructor can, where there is one.
        if (symbol is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null })
            return models.Compilation.DeclarationsOf(symbol.ContainingType, cancellation).SelectMany(t => t.ChildNodes()).OfType<ConstructorDeclarationSyntax>().Any(c => IsAssignedIn(c, symbol));
        var name = new MentionedName(symbol.Name);
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            if (TreeMentions.Of(tree).Mentions(name) && IsAssignedIn(tree.GetRoot(cancellation), symbol))
                return true;
        }
        return false;
    }

    bool IsAssignedIn(SyntaxNode scope, ISymbol symbol)
    {
        foreach (var node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax use && use.Identifier.ValueText == symbol.Name && IsWritten(use) && SymbolEqualityComparer.Default.Equals(models.Of(use).GetSymbolInfo(use, cancellation).Symbol?.OriginalDefinition, symbol))
                return true;
        }
        return false;
    }

    /// <summary>The member that a local is declared in; top-level statements share the file's.</summary>
    static SyntaxNode BodyOf(SyntaxNode local)
    {
        var at = local;
        while (at is GlobalStatementSyntax || (at is not MemberDeclarationSyntax && at.Parent is not null))
            at = at.Parent!;
        return at;
    }

    static bool IsWritten(IdentifierNameSyntax use)
    {
        SyntaxNode at = use;
        while (at.Parent is MemberAccessExpressionSyntax access ? access.Name == at : at.Parent is MemberBindingExpressionSyntax or ParenthesizedExpressionSyntax or TupleExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax })
            at = at.Parent!;
        return at.Parent switch
        {
            // What is in an array or a list is written too.
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element => element.Expression == at && assignment.Left == element,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: "Add" or "AddRange" or "Insert" or "InsertRange" } => true,
            AssignmentExpressionSyntax assignment => assignment.Left == at,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            RefExpressionSyntax => true,
            PrefixUnaryExpressionSyntax address => address.IsKind(SyntaxKind.AddressOfExpression),
            _ => false,
        };
    }

    bool IsOwn(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length == 1 && models.Compilation.Declares(symbol);
}
