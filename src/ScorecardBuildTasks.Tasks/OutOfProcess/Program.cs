using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ScorecardBuildTasks.Tasks.OutOfProcess;

/// <summary>The tasks as a program, for an MSBuild that cannot load .NET tasks itself: <c>dotnet ScorecardBuildTasks.Tasks.dll SDK-FOLDER TASK NAME=VALUE …</c>.</summary>
static class Program
{
    static int Main(string[] arguments)
    {
        if (arguments is not [var sdk, var task, .. var parameters])
        {
            Console.Error.WriteLine("usage: ScorecardBuildTasks.Tasks SDK-FOLDER TASK NAME=VALUE …");
            return 2;
        }

        // MSBuild's own assemblies are not shipped with the tasks; the SDK has them.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(sdk, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        return Run(task, parameters);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Run(string task, string[] parameters) => ConsoleTask.Run(task, parameters);
}
