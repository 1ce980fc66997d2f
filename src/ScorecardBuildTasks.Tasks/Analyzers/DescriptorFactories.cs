using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScorecardBuildTasks.Tasks.Analyzers;

/// <summary>The methods of an analyzer's assembly that make the description of a rule and are told its severity: the constructor, or whatever an author has put before it.</summary>
sealed class DescriptorFactories
{
    const string Descriptor = "DiagnosticDescriptor";
    const string Severity = "DiagnosticSeverity";

    readonly MetadataReader reader;
    readonly Dictionary<int, (int Severity, int Enabled)> factories = [];

    public DescriptorFactories(MetadataReader reader)
    {
        this.reader = reader;
        // Told from a few names, for all that describes no rule.
        if (!reader.TypeReferences.Any(handle => reader.StringComparer.Equals(reader.GetTypeReference(handle).Name, Severity)))
            return;
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Method)
                Add(handle, member.DecodeMethodSignature(TypeNames.Instance, null), reader.StringComparer.Equals(member.Name, ".ctor") ? TypeNames.Of(reader, member.Parent) : null);
        }

        foreach (var handle in reader.MethodDefinitions)
            Add(handle, reader.GetMethodDefinition(handle).DecodeSignature(TypeNames.Instance, null), null);
    }

    public bool Any => factories.Count > 0;

    public bool Contains(int token) => factories.ContainsKey(token);

    /// <summary>The rule that a call describes where it is one that suggests, by what is handed to it; null where that is another rule, or not written there.</summary>
    /// <param name="arguments">A string or a number where it is a constant.</param>
    public string? Suggested(int token, IReadOnlyList<object?> arguments)
    {
        var (severity, enabled) = factories[token];
        // DiagnosticSeverity.Info
        return arguments[severity] is 1 && arguments[enabled] is 1 ? Id(arguments) : null;
    }

    /// <summary>The rule that a call describes, whatever its severity.</summary>
    public static string? Id(IEnumerable<object?> arguments) => arguments.OfType<string>().FirstOrDefault(IsId);

    /// <summary>How many arguments a call takes, the object itself not counted, and whether it leaves a value.</summary>
    public (int Arguments, bool IsInstance, bool Returns) Shape(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        var signature = handle.Kind switch
        {
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)handle).DecodeMethodSignature(TypeNames.Instance, null),
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)handle).DecodeSignature(TypeNames.Instance, null),
            _ => throw new BadImageFormatException($"a call of 0x{token:x8}, which is no method"),
        };
        return (signature.ParameterTypes.Length, signature.Header.IsInstance, signature.ReturnType != "Void");
    }

    void Add(EntityHandle handle, MethodSignature<string> signature, string? constructed)
    {
        if (constructed != Descriptor && signature.ReturnType != Descriptor)
            return;
        var (severity, enabled) = (signature.ParameterTypes.IndexOf(Severity), signature.ParameterTypes.IndexOf("Boolean"));
        if (severity >= 0 && enabled >= 0)
            factories[MetadataTokens.GetToken(handle)] = (severity, enabled);
    }

    /// <summary><c>CA1822</c>, <c>RCS1036</c>, <c>MA0004</c>: letters and a number.</summary>
    static bool IsId(string text)
    {
        var letters = text.TakeWhile(char.IsAsciiLetter).Count();
        return letters > 0 && letters < text.Length && text.Skip(letters).All(char.IsAsciiDigit);
    }

    /// <summary>The types of a signature by their simple names, which is all that is asked of them.</summary>
    sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static readonly TypeNames Instance = new();

        public static string Of(MetadataReader reader, EntityHandle type) => type.Kind switch
        {
            HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetArrayType(string elementType, ArrayShape shape) => "";

        public string GetByReferenceType(string elementType) => "";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => "";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => "";

        public string GetSZArrayType(string elementType) => "";

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "";
    }
}
