using System.Reflection.Metadata;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Reads the attributes of an assembly from its metadata.</summary>
sealed class MetadataAttributes(MetadataReader reader)
{
    public bool IsReferenceAssembly => Attributes().Any(a => a.Type == "ReferenceAssemblyAttribute");

    /// <summary>Keys and values of its <c>AssemblyMetadata</c> attributes.</summary>
    public IReadOnlyList<(string Key, string Value)> OfAssembly()
    {
        var found = new List<(string, string)>();
        foreach (var (type, value) in Attributes())
        {
            if (type != "AssemblyMetadataAttribute")
                continue;
            var blob = reader.GetBlobReader(value);
            // Every attribute's blob starts with this prolog (ECMA-335, II.23.3); two strings follow.
            if (blob.RemainingBytes > 2 && blob.ReadUInt16() == 1)
                found.Add((blob.ReadSerializedString() ?? "", blob.ReadSerializedString() ?? ""));
        }
        return found;
    }

    IEnumerable<(string Type, BlobHandle Value)> Attributes()
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent)
            {
                yield return (reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name), attribute.Value);
            }
        }
    }
}
