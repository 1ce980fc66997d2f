using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// A compilation in which asking for one call's method binds the statement that it stands in. With nullability the compiler first binds and follows the whole method around it, twice over
/// for the lambdas in it.
/// </summary>
static class WithoutNullability
{
    public static Compilation Of(Compilation compilation) =>
        compilation is CSharpCompilation { Options: { NullableContextOptions: not NullableContextOptions.Disable } options } known
            ? known.WithOptions(options.WithNullableContextOptions(NullableContextOptions.Disable)) : compilation;
}
