using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>
/// Exits of one symbol that were asked for at once, as one: at market, as urgent as the most urgent of them, together never more than may leave. Asks are taken
/// in the order of their arrival as long as they fit; one for the whole position takes all the others in. What cannot be joined (an ask with a limit price of
/// its own, of the other side, or that does not fit any more) is decided alone, as if it had come later.
/// </summary>
/// <param name="Proposal">The one proposal; null when there are not two or more to join.</param>
/// <param name="IsJoined">Of each ask, whether the proposal stands for it.</param>
public readonly record struct NettedExit(Proposal? Proposal, IReadOnlyList<bool> IsJoined)
{
    /// <summary>Joins what was asked for.</summary>
    /// <param name="asks">In the order of arrival; one symbol.</param>
    /// <param name="position">Signed base units.</param>
    /// <param name="inFlight">Base units of exits under way, 0 or more.</param>
    public static NettedExit Of(IReadOnlyList<Proposal> asks, decimal position, decimal inFlight)
    {
        var joined = new bool[asks.Count];
        var free = Math.Abs(position) - inFlight;
        var (first, count, sum, isWhole, isPatient) = ((Proposal?)null, 0, 0m, false, true);
        for (var i = 0; i < asks.Count; i++)
        {
            var ask = asks[i];
            if (ask.Kind != ProposalKind.Exit || ask.OrderType != OrderType.Market || position == 0 || Math.Sign(position) != -(int)ask.Side) continue;
            if (ask.Quantity is { } wanted && (wanted <= 0 || wanted > Math.Abs(position))) continue;
            if (free <= 0 || (!isWhole && ask.Quantity is not null && sum + ask.Quantity > free)) continue;
            joined[i] = true;
            first ??= ask;
            count++;
            sum += ask.Quantity ?? 0;
            isWhole |= ask.Quantity is null;
            isPatient &= ask.IsPatient;
        }
        return count < 2
            ? new NettedExit(null, new bool[asks.Count])
            : new NettedExit(first! with { Quantity = isWhole ? null : sum, IsPatient = isPatient }, joined);
    }
}
