using Granary.Engine.Supervision;
using Granary.Grains.Interfaces;

namespace Granary.Grains.Supervision;

/// <summary>One grain that is kept active and watched, and the question put to it.</summary>
/// <param name="Name">Its name in records.</param>
/// <param name="Grain">The grain.</param>
/// <param name="Remedy">What may be done when it is stuck.</param>
/// <param name="StuckMs">When it is stuck, milliseconds.</param>
/// <param name="Accounts">Who trades with it.</param>
/// <param name="WaitsFor">Names of those whose answers it waits for.</param>
internal sealed record WatchedGrain(
    string Name, IKeepAlive Grain, GrainRemedy Remedy, long StuckMs, IReadOnlyList<string> Accounts, IReadOnlyList<string> WaitsFor)
{
    private long _askedMs;
    private int _isAsking;

    /// <summary>How long it has not answered, milliseconds; null when it has.</summary>
    public long? UnansweredMs(long nowMs) => Volatile.Read(ref _askedMs) is > 0 and var asked ? Math.Max(0, nowMs - asked) : null;

    /// <summary>Puts the question, unless one is under way. One that fails is no answer: the time goes on.</summary>
    public async Task AskAsync(long nowMs, Action<WatchedGrain, Exception> failed)
    {
        if (Interlocked.Exchange(ref _isAsking, 1) != 0) return;
        Interlocked.CompareExchange(ref _askedMs, nowMs, 0);
        try
        {
            await Grain.Ping();
            Volatile.Write(ref _askedMs, 0);
        }
        catch (Exception e)
        {
            failed(this, e);
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }
}
