using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>What the metadata of an assembly built without these rules shows: which wiring APIs it calls somewhere, and which of its methods take a builder.</summary>
sealed class MetadataWiring(MetadataReader reader)
{
    /// <summary>What the APIs bring that are among the members that the assembly's code refers to.</summary>
    public HashSet<Brought> Called()
    {
        var brought = new HashSet<Brought>();
        foreach (var (type, name, assembly) in Members())
            brought.UnionWith(WiringApi.BroughtBy(name == ".ctor" ? reader.GetString(type.Name) : name, NameOf(type), assembly));
        if (HasLoggerProvider())
            brought.Add(new Brought(AssemblyFact.LogProvider, reader.GetString(reader.GetAssemblyDefinition().Name)));
        return brought;
    }

    IEnumerable<(TypeReference Type, string Name, string Assembly)> Members()
    {
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
            var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
                ? reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) : "";
            yield return (type, reader.GetString(member.Name), assembly);
        }
    }

    /// <summary>Whether any code of the assembly adds a resilience handler to a client or sets its timeout. Defaults alone may be a header.</summary>
    bool BoundsClients() => Members().Any(m => HttpClientBounds.IsHandler(m.Name, m.Assembly) || (m.Name == "set_Timeout" && NameOf(m.Type) == "System.Net.Http.HttpClient"));

    public IEnumerable<string> References() => reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));

    bool HasLoggerProvider()
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            foreach (var implementation in reader.GetTypeDefinition(handle).GetInterfaceImplementations())
            {
                var type = reader.GetInterfaceImplementation(implementation).Interface;
                if (type.Kind == HandleKind.TypeReference && NameOf(reader.GetTypeReference((TypeReferenceHandle)type)) == "Microsoft.Extensions.Logging.ILoggerProvider")
                    return true;
            }
        }
        return false;
    }

    /// <summary>The public methods that take a builder, as <c>Namespace.Type.Method</c> and what the builder lets them bring.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Kinds)> MethodsTakingBuilders()
    {
        foreach (var typeHandle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(typeHandle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NotPublic))
                continue;
            foreach (var methodHandle in type.GetMethods())
            {
                var method = reader.GetMethodDefinition(methodHandle);
                if ((method.Attributes & MethodAttributes.MemberAccessMask) is not (MethodAttributes.Public or MethodAttributes.Assembly or MethodAttributes.Family))
                    continue;
                var types = method.DecodeSignature(new TypeNames(this, method), null).ParameterTypes;
                var kinds = types.SelectMany(t => BuilderTypes.KindsFrom(t)).Distinct().ToList();
                if (kinds.Count > 0)
                    yield return ($"{NameOf(type)}.{reader.GetString(method.Name)}", kinds);
            }
        }
    }

    /// <summary>The facts of one method. Metadata does not tell which names are registered: its strings show wildcards, all else is unknown.</summary>
    public IEnumerable<AssemblyFact> FactsOf(string method, IReadOnlyList<string> allowed, HashSet<Brought> called)
    {
        foreach (var brought in called)
        {
            if (!allowed.Contains(brought.Kind) && !allowed.Contains(AssemblyFact.NeededFor(brought.Kind)))
                continue;
            if (brought.Kind is not (AssemblyFact.ActivitySource or AssemblyFact.Meter))
            {
                yield return brought.Kind == AssemblyFact.BoundedHttpClients ? brought.By(method) with { IsCertain = BoundsClients() } : brought.By(method);
                continue;
            }
            foreach (var wildcard in Wildcards())
                yield return new AssemblyFact(brought.Kind, wildcard, method);
            // Handed the provider's builder alone, a library registers its own sources, which are not the service's. Handed the services it may know the service's name.
            if (allowed.Contains(AssemblyFact.Tracing))
                yield return new AssemblyFact(brought.Kind, AssemblyFact.UnknownName, method);
        }
    }

    IEnumerable<string> Wildcards()
    {
        for (var handle = default(UserStringHandle); ;)
        {
            handle = reader.GetNextHandle(handle);
            if (handle.IsNil)
                yield break;
            var text = reader.GetUserString(handle);
            if (text.Length is > 0 and < 200 && text.Contains("*") && !text.Any(char.IsWhiteSpace))
                yield return text;
        }
    }

    string NameOf(TypeReference type)
    {
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}.{name}"
            : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    string NameOf(TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        return !type.GetDeclaringType().IsNil
            ? $"{NameOf(reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}"
            : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>Decodes a signature to the names of its types, a type parameter to the name of its first constraint; what is no plain type is the empty name.</summary>
    sealed class TypeNames(MetadataWiring owner, MethodDefinition method) : ISignatureTypeProvider<string, object?>
    {
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => owner.NameOf(reader.GetTypeReference(handle));

        public string GetGenericMethodParameter(object? genericContext, int index)
        {
            foreach (var parameter in method.GetGenericParameters())
            {
                var generic = owner.Reader.GetGenericParameter(parameter);
                if (generic.Index != index)
                    continue;
                foreach (var constraint in generic.GetConstraints())
                {
                    var bound = owner.Reader.GetGenericParameterConstraint(constraint).Type;
                    if (bound.Kind == HandleKind.TypeReference)
                        return owner.NameOf(owner.Reader.GetTypeReference((TypeReferenceHandle)bound));
                }
            }
            return "";
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetArrayType(string elementType, ArrayShape shape) => "";

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => "";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

        public string GetSZArrayType(string elementType) => "";

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "";
    }

    MetadataReader Reader => reader;
}
