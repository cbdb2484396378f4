namespace Granary.Engine.Performance;

/// <summary>A stress scenario: what happens to every price at once.</summary>
/// <param name="Name">What operators call it.</param>
/// <param name="Shock">Price change of symbols without one of their own, a fraction; -1 or more (-0.2 is a fall by 20 %).</param>
/// <param name="Shocks">Price changes by symbol.</param>
public sealed record PortfolioScenario(string Name, decimal Shock, IReadOnlyDictionary<string, decimal> Shocks)
{
    /// <summary>A scenario that moves every price by the same share.</summary>
    public PortfolioScenario(string name, decimal shock)
        : this(name, shock, new Dictionary<string, decimal>())
    {
    }

    /// <summary>Profit of a book when it happens, quote units; negative is a loss.</summary>
    /// <exception cref="ArgumentException">A shock takes more than the whole price; the message names the scenario and the symbol.</exception>
    public decimal Profit(IReadOnlyList<PortfolioPosition> positions)
    {
        var sum = 0m;
        foreach (var position in positions)
        {
            var shock = Shocks.TryGetValue(position.Symbol, out var own) ? own : Shock;
            if (shock < -1)
                throw new ArgumentException(FormattableString.Invariant($"scenario {Name} moves {position.Symbol} by {shock}, expected -1 or more"));
            sum += position.Notional * shock;
        }
        return sum;
    }
}
