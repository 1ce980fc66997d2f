using System.Reflection;
using System.Runtime.CompilerServices;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class PublicApiTests
{
    /// <summary>The client is a package of its own: what it shows is approved here. To approve a change, copy the text that the failure names.</summary>
    [Fact]
    public void ClientShowsWhatWasApproved()
    {
        var received = string.Concat(typeof(ScorecardClient).Assembly.GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(Describe));
        var approved = Path.Combine(AppContext.BaseDirectory, "ClientPublicApi.verified.txt");
        var text = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (received != text)
        {
            var file = Path.Combine(AppContext.BaseDirectory, "ClientPublicApi.received.txt");
            File.WriteAllText(file, received);
            Assert.Fail($"The client's public surface has changed. If it should, copy {file} over tests/ScorecardBuildTasks.Tests/Api/ClientPublicApi.verified.txt");
        }
    }

    static string Describe(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.GetMembers(Declared)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null && member is not MethodBase { IsSpecialName: true, Name: not ".ctor" and not "op_Implicit" })
            .Select(Describe)
            .Order(StringComparer.Ordinal);
        return $"{NameOf(type)}\n{string.Concat(members.Select(member => $"    {member}\n"))}\n";
    }

    static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{NameOf(property.PropertyType)} {property.Name} {{{(property.GetMethod is null ? "" : " get;")}{(property.SetMethod is { IsPublic: true } ? IsInit(property) ? " init;" : " set;" : "")} }}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{NameOf(method.ReturnType)} {method.Name}({Parameters(method)})",
        _ => member.ToString()!,
    };

    static bool IsInit(PropertyInfo property) => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"));

    static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying) + "?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : type.Name;
    }
}
