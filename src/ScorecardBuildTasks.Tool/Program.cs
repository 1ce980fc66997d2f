using ScorecardBuildTasks.Tool;

return await ScorecardTool.RunAsync(args, ToolContext.OfThisProcess);
