namespace ScorecardBuildTasks.Tool;

/// <summary>It cannot be done; the message is the one line that says what, where and what to do.</summary>
sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
