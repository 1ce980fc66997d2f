namespace ScorecardBuildTasks.Evaluation;

/// <summary>How much a state weighs where several projects or frameworks come to one: the heaviest decides. A total order, so nothing depends on who comes first.</summary>
enum Weight
{
    /// <summary>The rule stands aside.</summary>
    Aside,
    Pass,

    /// <summary>The rule could not tell of one of the projects that are judged together; that the others pass does not tell it.</summary>
    Undecided,

    /// <summary>A skip that somebody decided on, by switching off, suppressing or waiving: a pass elsewhere does not undo it.</summary>
    Silenced,
    NotEvaluated,
    Fail,
}

/// <summary>Weighs states.</summary>
static class Weights
{
    public static Weight Of(OutcomeState state, bool silenced, bool undecided) => state switch
    {
        OutcomeState.Fail => Weight.Fail,
        OutcomeState.NotEvaluated => Weight.NotEvaluated,
        OutcomeState.Pass => Weight.Pass,
        _ when silenced => Weight.Silenced,
        _ => undecided ? Weight.Undecided : Weight.Aside,
    };
}
