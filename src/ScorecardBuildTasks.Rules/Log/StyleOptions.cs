using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which option of code style keeps a rule of it from running, as <c>csharp_prefer_braces = true:silent</c> does: csc then reports nothing, whatever severity the id, its category or all analyzers have.</summary>
/// <remarks>
/// Found by building: <c>none</c> does so at any analysis level, <c>silent</c> and <c>refactoring</c> from 9 on, where below it a severity of the id wins. With an error log it is as without. Of a naming rule only
/// <c>none</c> does. The severities are read as they are written; <c>Silent</c> is none, and neither is the first of two.
/// </remarks>
static class StyleOptions
{
    const string Naming = "IDE1006";
    const string BeforeNamingRule = "dotnet_naming_rule.";
    const string BehindNamingRule = ".severity";

    /// <summary>What governs which ids, as the analyzers of SDK 10.0.401 map them.</summary>
    static readonly (string Ids, string Options)[] Table =
    [
        ("IDE0003 IDE0009", "dotnet_style_qualification_for_event dotnet_style_qualification_for_field dotnet_style_qualification_for_method dotnet_style_qualification_for_property"),
        ("IDE0007 IDE0008", "csharp_style_var_elsewhere csharp_style_var_for_built_in_types csharp_style_var_when_type_is_apparent"),
        ("IDE0011", "csharp_prefer_braces"),
        ("IDE0016", "csharp_style_throw_expression"),
        ("IDE0017", "dotnet_style_object_initializer"),
        ("IDE0018", "csharp_style_inlined_variable_declaration"),
        ("IDE0019 IDE0260", "csharp_style_pattern_matching_over_as_with_null_check"),
        ("IDE0020", "csharp_style_pattern_matching_over_is_with_cast_check"),
        ("IDE0021", "csharp_style_expression_bodied_constructors"),
        ("IDE0022", "csharp_style_expression_bodied_methods"),
        ("IDE0023 IDE0024", "csharp_style_expression_bodied_operators"),
        ("IDE0025", "csharp_style_expression_bodied_properties"),
        ("IDE0026", "csharp_style_expression_bodied_indexers"),
        ("IDE0027", "csharp_style_expression_bodied_accessors"),
        ("IDE0028", "dotnet_style_collection_initializer"),
        ("IDE0029 IDE0030 IDE0270", "dotnet_style_coalesce_expression"),
        ("IDE0031", "dotnet_style_null_propagation"),
        ("IDE0032", "dotnet_style_prefer_auto_properties"),
        ("IDE0033", "dotnet_style_explicit_tuple_names"),
        ("IDE0034", "csharp_prefer_simple_default_expression"),
        ("IDE0036", "csharp_preferred_modifier_order"),
        ("IDE0037", "dotnet_style_prefer_inferred_anonymous_type_member_names dotnet_style_prefer_inferred_tuple_names"),
        ("IDE0039", "csharp_style_prefer_local_over_anonymous_function csharp_style_pattern_local_over_anonymous_function"),
        ("IDE0040", "dotnet_style_require_accessibility_modifiers"),
        ("IDE0041", "dotnet_style_prefer_is_null_check_over_reference_equality_method"),
        ("IDE0042", "csharp_style_deconstructed_variable_declaration"),
        ("IDE0044", "dotnet_style_readonly_field"),
        ("IDE0045", "dotnet_style_prefer_conditional_expression_over_assignment"),
        ("IDE0046", "dotnet_style_prefer_conditional_expression_over_return"),
        ("IDE0047 IDE0048", "dotnet_style_parentheses_in_arithmetic_binary_operators dotnet_style_parentheses_in_other_binary_operators dotnet_style_parentheses_in_other_operators dotnet_style_parentheses_in_relational_binary_operators"),
        ("IDE0053", "csharp_style_expression_bodied_lambdas"),
        ("IDE0054 IDE0074", "dotnet_style_prefer_compound_assignment"),
        ("IDE0056", "csharp_style_prefer_index_operator"),
        ("IDE0057", "csharp_style_prefer_range_operator"),
        ("IDE0058", "csharp_style_unused_value_expression_statement_preference"),
        ("IDE0059", "csharp_style_unused_value_assignment_preference"),
        ("IDE0060", "dotnet_code_quality_unused_parameters"),
        ("IDE0061", "csharp_style_expression_bodied_local_functions"),
        ("IDE0062", "csharp_prefer_static_local_function"),
        ("IDE0063", "csharp_prefer_simple_using_statement"),
        ("IDE0065", "csharp_using_directive_placement"),
        ("IDE0066", "csharp_style_prefer_switch_expression"),
        ("IDE0071", "dotnet_style_prefer_simplified_interpolation"),
        ("IDE0075", "dotnet_style_prefer_simplified_boolean_expressions"),
        ("IDE0078", "csharp_style_prefer_pattern_matching"),
        ("IDE0083", "csharp_style_prefer_not_pattern"),
        ("IDE0090", "csharp_style_implicit_object_creation_when_type_is_apparent"),
        ("IDE0130", "dotnet_style_namespace_match_folder"),
        ("IDE0150", "csharp_style_prefer_null_check_over_type_check"),
        ("IDE0160 IDE0161", "csharp_style_namespace_declarations"),
        ("IDE0170", "csharp_style_prefer_extended_property_pattern"),
        ("IDE0180", "csharp_style_prefer_tuple_swap"),
        ("IDE0200", "csharp_style_prefer_method_group_conversion"),
        ("IDE0210 IDE0211", "csharp_style_prefer_top_level_statements"),
        ("IDE0220", "dotnet_style_prefer_foreach_explicit_cast_in_source"),
        ("IDE0221", "dotnet_style_prefer_non_hidden_explicit_cast_in_source"),
        ("IDE0230", "csharp_style_prefer_utf8_string_literals"),
        ("IDE0250", "csharp_style_prefer_readonly_struct"),
        ("IDE0251", "csharp_style_prefer_readonly_struct_member"),
        ("IDE0290", "csharp_style_prefer_primary_constructors"),
        ("IDE0300 IDE0301 IDE0302 IDE0303 IDE0304 IDE0305 IDE0306", "dotnet_style_prefer_collection_expression"),
        ("IDE0320", "csharp_prefer_static_anonymous_function"),
        ("IDE0330", "csharp_prefer_system_threading_lock"),
        ("IDE0340", "csharp_style_prefer_unbound_generic_type_in_nameof"),
        ("IDE0350", "csharp_style_prefer_implicitly_typed_lambda_expression"),
        ("IDE0360", "csharp_style_prefer_simple_property_accessors"),
        ("IDE0410", "csharp_style_prefer_labeled_jump_statements"),
        ("IDE1005", "csharp_style_conditional_delegate_call"),
        ("IDE2000", "dotnet_style_allow_multiple_blank_lines_experimental"),
        ("IDE2001", "csharp_style_allow_embedded_statements_on_same_line_experimental"),
        ("IDE2002", "csharp_style_allow_blank_lines_between_consecutive_braces_experimental"),
        ("IDE2003", "dotnet_style_allow_statement_immediately_after_block_experimental"),
        ("IDE2004", "csharp_style_allow_blank_line_after_colon_in_constructor_initializer_experimental"),
        ("IDE2005", "csharp_style_allow_blank_line_after_token_in_conditional_expression_experimental"),
        ("IDE2006", "csharp_style_allow_blank_line_after_token_in_arrow_expression_clause_experimental"),
        // Rules without an option of their own.
        ("IDE0004 IDE0005 IDE0010 IDE0035 IDE0043 IDE0050 IDE0051 IDE0052 IDE0055 IDE0064 IDE0070 IDE0072 IDE0073 IDE0076 IDE0077 IDE0080 IDE0082 IDE0100 IDE0110 IDE0120 IDE0121 IDE0240 IDE0241 IDE0280 IDE0370 IDE0380 IDE0390 IDE0391 IDE1006", ""),
        // Options whose rules no build runs, or none any more.
        ("", "csharp_style_prefer_parameter_null_checking dotnet_style_predefined_type_for_locals_parameters_members dotnet_style_predefined_type_for_member_access"),
    ];

    static readonly Dictionary<string, string[]> ById = Table
        .SelectMany(row => Words(row.Ids).Select(id => (Id: id, Options: Words(row.Options))))
        .ToDictionary(row => row.Id, row => row.Options, StringComparer.Ordinal);

    static readonly HashSet<string> Known = new(Table.SelectMany(row => Words(row.Options)), StringComparer.OrdinalIgnoreCase);

    /// <summary>The option by which the sections of a file keep a rule from running; null where none does.</summary>
    public static string? Stopping(string id, AnalyzerConfigOptions options, BuildProperties build) =>
        id == Naming ? options.Keys.Where(key => IsNamingRuleThatIsOff(key, options)).OrderBy(key => key, StringComparer.Ordinal).FirstOrDefault()
        : ById.TryGetValue(id, out var own) ? Array.Find(own, option => options.TryGetValue(option, out var value) && Stops(value, build))
        : null;

    /// <summary>Whether nobody here knows what governs the rule: a later SDK has it.</summary>
    public static bool IsUnknown(string id) => id.StartsWith("IDE", StringComparison.Ordinal) && !ById.ContainsKey(id);

    /// <summary>An option that keeps some rule from running, and nobody here knows which; null where there is none.</summary>
    public static string? UnknownStopping(AnalyzerConfigOptions options, BuildProperties build) => options.Keys
        .Where(key => (key.StartsWith("csharp_", StringComparison.OrdinalIgnoreCase) || key.StartsWith("dotnet_", StringComparison.OrdinalIgnoreCase)) && key.IndexOf('.') < 0 && !Known.Contains(key)
            && options.TryGetValue(key, out var value) && Stops(value, build))
        .OrderBy(key => key, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Whether an option is known to govern a rule.</summary>
    internal static bool Governs(string option, string id) => ById.TryGetValue(id, out var own) && own.Contains(option, StringComparer.Ordinal);

    static bool Stops(string value, BuildProperties build) =>
        value.IndexOf(':') is >= 0 and var colon && value.Substring(colon + 1).Trim() is var severity
        && (severity == "none" || (severity is "silent" or "refactoring" && build.HeedsStyleSeverities));

    /// <summary>One that lacks its symbols or its style is none.</summary>
    static bool IsNamingRuleThatIsOff(string key, AnalyzerConfigOptions options)
    {
        if (!key.StartsWith(BeforeNamingRule, StringComparison.OrdinalIgnoreCase) || !key.EndsWith(BehindNamingRule, StringComparison.OrdinalIgnoreCase))
            return false;
        var rule = key.Substring(0, key.Length - BehindNamingRule.Length);
        return options.TryGetValue(key, out var severity) && severity.Trim() == "none" && options.TryGetValue(rule + ".symbols", out _) && options.TryGetValue(rule + ".style", out _);
    }

    static string[] Words(string text) => text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
