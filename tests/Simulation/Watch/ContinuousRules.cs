using System.Globalization;
using System.Text.RegularExpressions;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Orleans.Embedded.Simulation;

namespace Granary.Simulation.Watch;

/// <summary>What must hold all the time and takes a look into the engine: asked every few seconds of virtual time. What a rule allows an engine time for, it says.</summary>
internal sealed partial class ContinuousRules(World world)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>Twice the reconciliation's interval and some: whatever was lost has been asked for by then.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(120);

    /// <summary>A submission that never arrived is let go of after a minute; the audit that notices comes after it.</summary>
    private static readonly TimeSpan ReleasedWithin = TimeSpan.FromSeconds(180);

    private static readonly TimeSpan ProtectedWithin = TimeSpan.FromSeconds(60);

    /// <summary>A trailing stop may go back by as much as its wider distance exceeds the narrow one (formulas §4.3), in ATRs, and nothing else may.</summary>
    private const decimal BackShareMax = 0.4000001m;

    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Position, int FlatCount, decimal Stop)> _stops = new(StringComparer.Ordinal);
    private DateTimeOffset _nextLook;

    /// <summary>When the last fault of the world around the engine ended, or will end.</summary>
    public DateTimeOffset TroubleUntil { get; set; }

    /// <summary>Looks done.</summary>
    public long Looks { get; private set; }

    /// <summary>What was last seen of the account.</summary>
    public RiskView? Account { get; private set; }

    private DateTimeOffset Now => world.Scheduler.Now;

    /// <summary>Runs the world, looking every virtual second; ends with the first rule that is broken.</summary>
    /// <exception cref="ViolationException">A rule was broken.</exception>
    public void Run(TimeSpan time)
    {
        var end = Now + time;
        while (Now < end)
        {
            world.Scheduler.RunUntil(Now + TimeSpan.FromSeconds(1) < end ? Now + TimeSpan.FromSeconds(1) : end);
            Look();
        }
    }

    /// <summary>Looks now.</summary>
    /// <exception cref="ViolationException">A rule was broken.</exception>
    public void Look()
    {
        if (Now >= _nextLook && world.Process is { } process && process.Silo.IsAlive)
        {
            _nextLook = Now + LookInterval;
            Looks++;
            Look(process);
        }

        if (world.Evidence.First is { } violation) throw new ViolationException(violation, world.Scheduler.ToString());
    }

    private void Look(EngineProcess process)
    {
        RiskView risk;
        ExecutionView[] books;
        SymbolView[] symbols;
        try
        {
            (risk, books, symbols) = world.Scheduler.Run(
                async () =>
                {
                    var view = await process.Risk.GetView();
                    var all = new List<ExecutionView>();
                    var views = new List<SymbolView>();
                    foreach (var symbol in world.Options.Symbols)
                    {
                        all.Add(await process.Execution(symbol).GetView());
                        views.Add(await process.Symbol(symbol).GetView());
                    }

                    return (view, all.ToArray(), views.ToArray());
                },
                TimeSpan.FromSeconds(30));
        }
        catch (Exception e) when (e is not SimulationException)
        {
            // Starting, or killed meanwhile. One that never answers again is found by the run's end.
            Hold("EngineAnswers", false, TimeSpan.FromMinutes(5), () => e.Message);
            return;
        }

        Hold("EngineAnswers", true, default, () => "");
        Account = risk;
        for (var i = 0; i < books.Length; i++)
        {
            CheckBooks(books[i]);
            CheckProtection(books[i], symbols[i].Guard);
            CheckStop(books[i].Symbol, symbols[i].Guard);
            if (symbols[i].Holes > 0) world.Evidence.Report("NoTradeMissing", $"{symbols[i].Symbol}: {symbols[i].Holes} holes, although the exchange shows every trade");
        }

        var isFlat = world.Options.Symbols.All(s => world.Position(s) == 0) && world.Core.GetOpenOrders(World.Account, null).Count == 0;
        Hold("ReservationsReleased", !isFlat || (risk.ReservedNotional == 0 && risk.UnknownOrders == 0) || !IsCalm(process), ReleasedWithin,
            () => $"flat, and still {risk.ReservedNotional} reserved, {risk.UnknownOrders} orders unknown");
    }

    private void CheckBooks(ExecutionView view)
    {
        var committed = world.Evidence.FillCount(view.Symbol);
        if (view.FillCount > committed) world.Evidence.Report("EveryFillOnce", $"{view.Symbol}: the books hold {view.FillCount} fills, the journal {committed}");
        var position = world.Position(view.Symbol);
        Hold(
            $"BooksAgreeWhenQuiet {view.Symbol}", (view.Ready && view.Quantity == position) || !IsCalm(world.Process!), QuietFor,
            () => $"books {view.Quantity} (ready {view.Ready}: {view.Detail}), exchange {position}");
    }

    private void CheckProtection(ExecutionView view, string guard)
    {
        var isOwn = view.Quantity != 0 && world.Position(view.Symbol) == view.Quantity && view.Strategy is not ("" or "EXTERNAL" or "operator");
        // A grid works its global stop itself, which rests at the exchange too.
        var isGuarded = (view.Strategy == RungOrderId.Strategy && view.StopState.Length > 0 && view.StopState != "None") || guard.Contains($"{World.Account} ", StringComparison.Ordinal);
        Hold($"PositionsAreProtected {view.Symbol}", !isOwn || isGuarded, ProtectedWithin, () => $"{view.Strategy} holds {view.Quantity} without a stop");
    }

    private void CheckStop(string symbol, string guard)
    {
        // After a restart there is none for a moment; the position, and with it how far its stop has come, is still the same.
        if (world.Position(symbol) == 0) _stops.Remove(symbol);
        if (StopPattern.Match(guard) is not { Success: true } match) return;

        var isLong = !match.Groups["quantity"].Value.StartsWith('-');
        var position = $"{match.Groups["strategy"].Value} {(isLong ? "long" : "short")} from {match.Groups["entry"].Value}";
        var stop = decimal.Parse(match.Groups["stop"].Value, CultureInfo.InvariantCulture);
        var flats = world.Evidence.FlatCount(symbol);
        var isSame = _stops.TryGetValue(symbol, out var known) && known.Position == position && known.FlatCount == flats;
        var tightest = !isSame ? stop : isLong ? Math.Max(known.Stop, stop) : Math.Min(known.Stop, stop);
        if (Math.Abs(tightest - stop) > BackShareMax * Atr(symbol))
            world.Evidence.Report("StopsNeverLoosen", $"{symbol} {position}: the stop went from {tightest} to {stop}");
        _stops[symbol] = (position, flats, tightest);
    }

    /// <summary>ATR of the newest entry, which is the one that opened the position.</summary>
    private decimal Atr(string symbol) => (decimal)(world.Evidence.NewestEntry(symbol)?.Atr ?? 0);

    /// <summary>Whether nothing that an engine may need time for happened lately.</summary>
    private bool IsCalm(EngineProcess process) => Now - TroubleUntil > TimeSpan.Zero && Now - world.Evidence.LastVenueChange > TimeSpan.FromSeconds(1) && Now >= process.StartedAt;

    private void Hold(string rule, bool holds, TimeSpan within, Func<string> detail)
    {
        if (holds)
        {
            _since.Remove(rule);
            return;
        }

        if (!_since.TryGetValue(rule, out var since)) _since[rule] = Now;
        else if (Now - since > within) world.Evidence.Report(rule, $"{detail()} (for {Now - since})");
    }

    [GeneratedRegex(@"^\S+ (?<strategy>\S+) (?<quantity>-?[\d.]+) from (?<entry>[\d.]+): stop (?<stop>[\d.]+),")]
    private static partial Regex StopPattern { get; }
}
