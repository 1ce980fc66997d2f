using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4001HealthChecksAreMappedFixTests
{
    const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.Run();
        """;

    const string Wired = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.Run();
        """;

    [Theory]
    [InlineData(Program, "Register and map health checks")]
    [InlineData("""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.Run();
        """, "Map the health checks")]
    [InlineData("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.Run();
        """, "Register health checks")]
    public async Task WhatIsMissingIsWritten(string program, string title)
    {
        var service = TestProject.Service(program);
        Assert.Equal(title, await FixTest.TitleAsync<SCORE4001HealthChecksAreMapped>(service));
        var repaired = await FixTest.FixAsync<SCORE4001HealthChecksAreMapped>(service);
        Assert.Equal(Wired, repaired!.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(repaired);
    }

    [Fact]
    public async Task MainMethodIsFixedWithAllOthers()
    {
        var repaired = await FixTest.FixAllAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service("""
            static class Program
            {
                static void Main(string[] args)
                {
                    var @new = WebApplication.CreateBuilder(args);
                    using var @this = @new.Build();
                    @this.Run();
                }
            }
            """));
        Assert.Contains("""
                    @new.Services.AddHealthChecks();
                    using var @this = @new.Build();
                    @this.MapHealthChecks("/health");
                    @this.Run();
            """.Trim(), repaired.Sources[0].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(repaired);
    }

    [Theory]
    [InlineData("var app = WebApplication.CreateBuilder(args).Build(); app.Run();")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.Configure(app => { })).Build().Run();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.Services.AddHealthChecks(); var app = builder.Build(); if (app.Environment.IsDevelopment()) app.MapHealthChecks(\"/h\"); app.Run();")]
    public async Task NothingIsOfferedWhereItIsNotMechanical(string program) => Assert.Null(await FixTest.FixAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service(program)));
}
