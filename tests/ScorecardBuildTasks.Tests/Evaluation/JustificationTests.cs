using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class JustificationTests
{
    static readonly LoggedRule Rule = new("SCORE2001", "Tracing is wired", null, "S", null, [], true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<Pending>")]
    [InlineData("TODO")]
    [InlineData("todo.")]
    [InlineData("false positive")]
    [InlineData("Tracing is wired.")]
    [InlineData("SCORE2001")]
    [InlineData("SCORE2001:Tracing is wired")]
    [InlineData("SCORE2001: tracing is wired.")]
    [InlineData("SCORE2001 - Tracing is wired")]
    [InlineData("TODO: remove later")]
    [InlineData("TODO(ana): remove later")]
    [InlineData("FIXME: SHOP-12")]
    [InlineData("TODO remove later")]
    [InlineData("Pending review")]
    [InlineData("<Pending approval>")]
    [InlineData("----------")]
    public void WordThatStandsInForAReasonIsAPlaceholder(string? text) => Assert.True(Justification.IsPlaceholder(text, Rule));

    [Theory]
    [InlineData("the sidecar traces every request")]
    [InlineData("Test service without users, SHOP-12")]
    [InlineData("TODO-list service has no requests of its own")]
    [InlineData("Pending orders are traced by the sidecar")]
    [InlineData("Todo items are traced by the sidecar")]
    [InlineData("SCORE2001 does not see the sidecar")]
    [InlineData("SCORE2001: the sidecar traces every request")]
    public void ReasonIsNone(string text) => Assert.False(Justification.IsPlaceholder(text, Rule));

    [Theory]
    [InlineData("#pragma warning disable SCORE2001 // traced by the sidecar\nvar x = 1;", "traced by the sidecar")]
    [InlineData("// traced by the sidecar\n#pragma warning disable SCORE2001\nvar x = 1;", "traced by the sidecar")]
    [InlineData("#pragma warning disable CS1591, SCORE2001 // both\nvar x = 1;", "both")]
    [InlineData("#pragma warning disable // everything\nvar x = 1;", "everything")]
    [InlineData("#pragma warning disable SCORE2001\nvar x = 1;", null)]
    [InlineData("#pragma warning disable CS1591 // other\nvar x = 1;", null)]
    [InlineData("// traced by the sidecar\n// -------\n#pragma warning disable SCORE2001\nvar x = 1;", "traced by the sidecar")]
    [InlineData("// traced by the sidecar\n#pragma warning disable SCORE2001 // ReSharper disable once UnusedVariable\nvar x = 1;", "traced by the sidecar")]
    [InlineData("// traced by the sidecar\n\n#pragma warning disable SCORE2001\nvar x = 1;", null)]
    [InlineData("Trace();\n#pragma warning disable SCORE2001 //\nvar x = 1;", null)]
    public void CommentBesideThePragmaIsItsReason(string source, string? reason)
    {
        var lines = source.Split('\n');
        Assert.Equal(reason, Justification.OfPragma(lines, lines.Length, "SCORE2001"));
    }

    [Theory]
    [InlineData("// ReSharper disable once UnusedVariable")]
    [InlineData("// NOLINT(runtime/int)")]
    [InlineData("// NOSONAR")]
    [InlineData("// cspell:disable-next-line")]
    [InlineData("// lint: off")]
    [InlineData("// -----------------")]
    [InlineData("// =================")]
    [InlineData("// </auto-generated>")]
    [InlineData("/// </summary>")]
    [InlineData("// Copyright (c) Acme. All rights reserved.")]
    [InlineData("// SPDX-License-Identifier: MIT")]
    [InlineData("// Licensed under the MIT license.")]
    [InlineData("// The Acme Foundation licenses this file to you under the MIT license.")]
    public void LineThatIsWrittenForSomethingElseIsNoReason(string line)
    {
        Assert.Null(Justification.OfPragma([line, "#pragma warning disable SCORE2001", "var x = 1;"], 3, "SCORE2001"));
        Assert.Null(Justification.OfPragma([$"#pragma warning disable SCORE2001 {line}", "var x = 1;"], 2, "SCORE2001"));
    }

    [Theory]
    [InlineData("ReSharper does not see the sidecar")]
    [InlineData("Lint cannot follow the sidecar")]
    [InlineData("NOSONAR: traced by the sidecar")]
    [InlineData("licence of the tracer ends in March")]
    [InlineData("<T> is traced by the sidecar")]
    [InlineData("SHOP-12")]
    public void ReasonMayNameAToolOrALicence(string reason) =>
        Assert.Equal(reason, Justification.OfPragma([$"// {reason}", "#pragma warning disable SCORE2001", "var x = 1;"], 3, "SCORE2001"));

    [Theory]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR0001, Suppression Justification: the sidecar traces, and it alone }", "SPR0001: the sidecar traces, and it alone")]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR0001, Suppression Justification: TODO, Suppression Id: SPR0002, Suppression Justification: the sidecar traces }", "SPR0002: the sidecar traces")]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR0001, Suppression Justification:  }", null)]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR0001, Suppression Justification: <Pending> }", null)]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR0001, Suppression Justification: Tracing is wired }", null)]
    public void SuppressorsReasonIsWhatItSays(string type, string? reason) => Assert.Equal(reason, Justification.OfSuppressor(type, Rule));

    [Theory]
    [InlineData("0618", "CS0618", "vendor ends v1 in March")]
    [InlineData("618, CS0612", "CS0618", "vendor ends v1 in March")]
    [InlineData("nullable", "CS8602", "vendor ends v1 in March")]
    [InlineData("nullable", "CS0618", null)]
    [InlineData("6180", "CS0618", null)]
    public void CompilersOwnAreNamedByTheirNumber(string written, string id, string? reason) =>
        Assert.Equal(reason, Justification.OfPragma([$"#pragma warning disable {written} // vendor ends v1 in March", "Old();"], 2, id));
}
