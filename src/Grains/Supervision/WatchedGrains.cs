using Granary.Engine.Supervision;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Strategies;

namespace Granary.Grains.Supervision;

/// <summary>The configured grains: each is to be kept active, and what may be done when it is stuck follows from what it has on its way.</summary>
internal static class WatchedGrains
{
    /// <summary>
    /// All of them. Symbols and strategies go on from the journal; an account's reader only asks, and keeps nothing; the risk grain mints approvals only behind
    /// an append that its epoch guards, and hands them on by a grain's call. An execution grain is the one that sends: an order that it has written and not
    /// sent yet would leave after its successor had asked the venue and been told that there is none, and no epoch holds that up. So its account is halted.
    /// </summary>
    public static IReadOnlyList<WatchedGrain> Of(EngineSettings settings, IGrainFactory grains)
    {
        var (stuckMs, venueStuckMs) = (settings.Watchdog.StuckMs, settings.Watchdog.VenueStuckMs);
        string[] accounts = [.. settings.Accounts.Select(a => a.Name)];
        var watched = new List<WatchedGrain>
        {
            new("kill switch", grains.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key), GrainRemedy.Restart, stuckMs, accounts, [.. accounts.Select(Risk)]),
        };
        foreach (var account in accounts)
        {
            watched.Add(new WatchedGrain(
                Risk(account), grains.GetGrain<IRiskGrain>(account), GrainRemedy.Restart, venueStuckMs, [account],
                [.. settings.Symbols.Where(s => s.Accounts.Contains(account)).Select(s => Execution(account, s.Symbol))]));
            watched.Add(new WatchedGrain(Reader(account), grains.GetGrain<IAccountReaderGrain>(account), GrainRemedy.Restart, venueStuckMs, [account], []));
        }

        foreach (var symbol in settings.Symbols)
        {
            var name = symbol.Symbol;
            watched.Add(new WatchedGrain(
                Symbol(name), grains.GetGrain<ISymbolGrain>(name), GrainRemedy.Restart, stuckMs, symbol.Accounts,
                [.. symbol.Strategies.Select(s => Strategy(s, name)), .. symbol.Accounts.Select(Risk)]));
            watched.AddRange(symbol.Strategies.Select(s =>
                new WatchedGrain(Strategy(s, name), StrategyNames.Resolve(grains, s, name), GrainRemedy.Restart, stuckMs, symbol.Accounts, [])));
            watched.AddRange(symbol.Accounts.Select(account => new WatchedGrain(
                Execution(account, name), grains.GetGrain<IExecutionGrain>($"{account}/{name}"), GrainRemedy.Halt, venueStuckMs, [account],
                [Reader(account)])));
        }

        return watched;
    }

    private static string Risk(string account) => $"risk {account}";

    private static string Reader(string account) => $"reader {account}";

    private static string Symbol(string symbol) => $"symbol {symbol}";

    private static string Strategy(string strategy, string symbol) => $"strategy {strategy}/{symbol}";

    private static string Execution(string account, string symbol) => $"execution {account}/{symbol}";
}
