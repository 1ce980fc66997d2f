namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Time that stands still until a wait begins, and then jumps to its end.</summary>
sealed class TestTime : TimeProvider
{
    readonly List<Timer> timers = [];
    readonly TaskCompletionSource firstTimer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Done when something begins to wait.</summary>
    public Task FirstTimer => firstTimer.Task;

    /// <summary>How long each wait was.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        firstTimer.TrySetResult();
        return timer;
    }

    /// <summary>
    /// Jumps from one timer to the next until the work, which must do nothing else that takes time, is done. It runs on the
    /// thread pool, where what waits for a timer goes on within the timer's callback.
    /// </summary>
    public Task<T> RunAsync<T>(Func<Task<T>> start) => Task.Run(() =>
    {
        var work = start();
        while (!work.IsCompleted)
            Jump();
        return work;
    });

    /// <summary>To the end of the shortest wait.</summary>
    public void Jump()
    {
        var next = timers.MinBy(timer => timer.Due) ?? throw new InvalidOperationException("Nothing to wait for.");
        Waits.Add(next.Due - now);
        now = next.Due;
        next.Fire();
    }

    sealed class Timer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.timers.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = time.now + dueTime;
                time.timers.Add(this);
            }
            return true;
        }

        public void Fire()
        {
            time.timers.Remove(this);
            callback(state);
        }

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
