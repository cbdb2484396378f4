using Granary.Engine.Risk;
using Granary.Exchange.Contracts;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Simulation;

/// <summary>What must hold whenever the world is quiet, whatever happened before.</summary>
internal static class Invariants
{
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(5);

    /// <summary>Stops new entries, lets everything settle, and compares books and exchange to the last decimal.</summary>
    /// <param name="world">The world, with a silo that runs.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="byHand">What the client order ids of orders that the engine did not place begin with, or null when there are none.</param>
    public static void Check(World world, IReadOnlyList<string> symbols, string? byHand = null)
    {
        var (risk, wallet) = Compare(world, symbols);
        risk.Wallet.ShouldBe(wallet.Balance);
        risk.RealizedPnl.ShouldBe(wallet.RealizedPnl);
        risk.Fees.ShouldBe(wallet.Fees);
        (risk.InitialWallet + risk.RealizedPnl - risk.Fees + risk.OtherFlows).ShouldBe(wallet.Balance);
        foreach (var symbol in symbols) CheckFills(world, symbol, byHand);
    }

    /// <summary>Books and wallet of one moment: a stop may close the position while they are being compared, and then they are compared once more.</summary>
    private static (RiskView Risk, ExchangeWallet Wallet) Compare(World world, IReadOnlyList<string> symbols)
    {
        for (var left = 3; ; left--)
        {
            Settle(world, symbols);
            var before = world.Core.GetWallet(World.Account).Balance;
            var risk = world.Ask(() => world.Risk.Reconcile("the run is over"));
            var wallet = world.Core.GetWallet(World.Account);
            if (wallet.Balance == before || left == 0) return (risk, wallet);
        }
    }

    /// <summary>That the run was worth its checks: something was approved and filled.</summary>
    public static void CheckTraded(World world, IReadOnlyList<string> symbols)
    {
        var approved = symbols.Sum(s => world.Ask(() => world.Journal!.Reader.GetDecisionsAsync(World.Account, s, 100_000)).Count(d => d.Outcome == "Approved"));
        approved.ShouldBeGreaterThan(0);
        symbols.Sum(s => world.Core.GetUserTrades(World.Account, s, 0, 100_000).Count).ShouldBeGreaterThan(1);
    }

    /// <summary>Stops new entries, and lets everything settle until positions, orders and wallet are the same; for histories that do not show every fill.</summary>
    public static void Settle(World world, IReadOnlyList<string> symbols)
    {
        world.Ask(() => world.Risk.SetState("ReduceOnly", "the run is over", "test"));
        world.Until(() => AgreesAsync(world, symbols), SettleMax, $"books and exchange to agree ({Describe(world, symbols)})");
    }

    /// <summary>Every incident says where, what was seen, what was done and what came of it.</summary>
    public static void CheckIncidents(World world)
    {
        foreach (var incident in world.Ask(() => world.Journal!.Reader.GetIncidentsAsync(10_000)))
        {
            foreach (var text in new[] { incident.Scope, incident.Kind, incident.Seen, incident.Done, incident.Result })
                text.ShouldNotBeNullOrWhiteSpace(incident.ToString());
        }
    }

    /// <summary>Every trade that the exchange printed since then has been taken, each once, without a hole.</summary>
    public static void CheckTrades(World world, SymbolView since)
    {
        var view = world.Ask(world.Symbol(since.Symbol).GetView);
        (view.Trades - since.Trades).ShouldBe(view.NextId - since.NextId);
        view.Holes.ShouldBe(0);
        view.Trades.ShouldBeGreaterThan(since.Trades);
        view.NextId.ShouldBeGreaterThan(world.Core.GetAggTrades(since.Symbol, -1, 1)[^1].Id - 100);
    }

    private static async Task<bool> AgreesAsync(World world, IReadOnlyList<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            var books = await world.Execution(symbol).GetView();
            if (!books.Ready || books.LiveOrders.Count > 0 || books.Quantity != Position(world, symbol) || !IsProtected(world, books)) return false;
        }

        var risk = await world.Risk.GetView();
        return risk.ReservedNotional == 0 && risk.UnknownOrders == 0 && risk.Wallet == world.Core.GetWallet(World.Account).Balance;
    }

    /// <summary>An open position has one stop at the exchange, at the price of the books, or a stated reason; a flat one has none.</summary>
    private static bool IsProtected(World world, ExecutionView books)
    {
        var waiting = world.Core.GetConditionals(World.Account).Where(c => c.IsWaiting && c.Request.Symbol == books.Symbol).ToArray();
        if (books.Quantity == 0) return waiting.Length == 0;
        return waiting.Length == 1 ? books.StopState == "Resting" && waiting[0].Request.TriggerPrice == books.StopPrice : books.StopReason.Length > 0;
    }

    /// <summary>Each fill of the exchange is in the journal exactly once, and belongs to an order that risk approved, or to the stop of one.</summary>
    private static void CheckFills(World world, string symbol, string? byHand)
    {
        var journalled = world.Ask(() => world.Journal!.Reader.GetFillsAsync(World.Account, symbol, 0, 100_000));
        var exchange = world.Core.GetUserTrades(World.Account, symbol, 0, 100_000);
        journalled.Select(f => f.TradeId).Order().ShouldBe(exchange.Select(f => f.TradeId).Order());
        journalled.Sum(f => f.RealizedPnl).ShouldBe(exchange.Sum(f => f.RealizedPnl));
        var approved = world.Ask(() => world.Journal!.Reader.GetDecisionsAsync(World.Account, symbol, 100_000))
            .Where(d => d.Outcome == "Approved").Select(d => d.Detail).ToHashSet(StringComparer.Ordinal);
        foreach (var fill in exchange.Where(f => byHand is null || !f.ClientOrderId.StartsWith(byHand, StringComparison.Ordinal)))
        {
            // What the exchange closes itself, nobody approves.
            if (world.Evidence.VenueOrders.TryGetValue(fill.ClientOrderId, out var order) && order.Origin != OrderOrigin.User) continue;

            // A protective stop bears the id of the entry that it protects, with its number behind a dot; a part that of its order, behind a hyphen.
            approved.ShouldContain(ClientOrderId.ParentOf(fill.ClientOrderId.Split('.')[0]));
        }
    }

    private static decimal Position(World world, string symbol) => Find(world, symbol)?.Quantity ?? 0;

    private static ExchangePosition? Find(World world, string symbol) =>
        world.Core.GetPositions(World.Account, symbol).FirstOrDefault(p => p.Symbol == symbol);

    private static string Describe(World world, IReadOnlyList<string> symbols)
    {
        RiskView risk = world.Ask(world.Risk.GetView);
        var books = symbols.Select(s => world.Ask(world.Execution(s).GetView)).Select(b => $"{b.Symbol} {b.Quantity} {b.LiveOrders.Count} live, {b.Detail}");
        return $"{string.Join("; ", books)}; exchange {string.Join(", ", symbols.Select(s => Position(world, s)))}; reserved {risk.ReservedNotional}; wallet {risk.Wallet}/{world.Core.GetWallet(World.Account).Balance}; {risk.State} {risk.StateReason}";
    }
}
