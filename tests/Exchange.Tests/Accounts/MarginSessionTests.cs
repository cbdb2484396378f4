using System.Globalization;

namespace Granary.Exchange.Tests.Accounts;

public sealed class MarginSessionTests
{
    /// <summary>GRANARY_SESSIONS sets their number; 500 without it.</summary>
    [Fact]
    public void Money_is_conserved_and_liquidation_follows_the_formula_in_thousands_of_sessions()
    {
        var sessions = int.Parse(Environment.GetEnvironmentVariable("GRANARY_SESSIONS") ?? "500", CultureInfo.InvariantCulture);
        int liquidations = 0, predicted = 0, handOvers = 0, deleveragings = 0;
        for (var seed = 1; seed <= sessions; seed++)
        {
            var session = new MarginSession((ulong)seed);
            try
            {
                session.Run(60);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
            liquidations += session.Liquidations;
            predicted += session.Predicted;
            handOvers += session.HandOvers;
            deleveragings += session.Deleveragings;
        }
        // That the sessions were worth their checks.
        liquidations.ShouldBeGreaterThan(sessions / 2);
        predicted.ShouldBeGreaterThan(sessions / 4);
        handOvers.ShouldBeGreaterThan(sessions / 4);
        deleveragings.ShouldBeGreaterThan(sessions / 40);
    }
}
