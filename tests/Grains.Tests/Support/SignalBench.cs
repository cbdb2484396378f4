using System.Text.Json;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Grains.Tests.Support;

/// <summary>Trades given to a symbol bar by bar, with the explanation of the decision about each.</summary>
internal sealed class SignalBench : IDisposable
{
    private readonly AggTrade[] _trades;
    private readonly int[] _ends;

    /// <summary>Starts a silo whose symbol has these settings.</summary>
    public SignalBench(AggTrade[] trades, SymbolSettings symbol, int snapshotIntervalMs = 5_000, RiskLimits? limits = null)
    {
        _trades = trades;
        Symbol = symbol;
        var account = Samples.Settings.Accounts[0];
        Bench = new GrainBench
        {
            Settings = Samples.Settings with
            {
                Symbols = [symbol],
                SnapshotIntervalMs = snapshotIntervalMs,
                Accounts = [account with { Limits = limits ?? account.Limits }],
            },
        }.StartActive();
        var pipeline = new SymbolPipeline(symbol.Pipeline);
        var signals = new SignalSet(symbol.Signals);
        var ends = new List<int>();
        for (var i = 0; i < trades.Length; i++)
        {
            if (!pipeline.Add(trades[i])) continue;
            ends.Add(i + 1);
            Expected.Add(signals.Evaluate(pipeline.LastBar!));
        }

        _ends = [.. ends];
    }

    public GrainBench Bench { get; }

    public SymbolSettings Symbol { get; }

    /// <summary>What the kernels say about each bar without any interruption.</summary>
    public List<SignalReport> Expected { get; } = [];

    /// <summary>What the grains said about each bar, JSON; the last time when a bar was made again after a restart.</summary>
    public SortedDictionary<int, string> Explanations { get; } = [];

    public int Bars => _ends.Length;

    /// <summary>All three strategies with these parameters.</summary>
    public static SymbolSettings All(Func<SignalOptions, SignalOptions> change) =>
        Samples.AllStrategies.Symbols[0] with { Signals = change(Samples.Settings.Symbols[0].Signals) };

    /// <summary>Gives the symbol every trade that it lacks, up to the end of the bar.</summary>
    public void RunTo(int bar, bool isLive = true)
    {
        while (true)
        {
            var next = Bench.Ask(Bench.Symbol.GetNextId);
            var from = next == 0 ? 0 : Array.FindIndex(_trades, t => t.Id >= next);
            if (from < 0 || from >= _ends[bar]) return;
            var end = _ends.First(e => e > from);
            Bench.Ask(() => Bench.Symbol.Ingest(new TradeBatch(_trades[from..end], isLive, acceptHole: true, 0))).Accepted.ShouldBeTrue();
            var closed = Array.IndexOf(_ends, end);
            var explanation = Bench.SymbolView.LastDecision;
            if (Explanations.TryGetValue(closed, out var before)) explanation.ShouldBe(before, $"bar {closed} was decided otherwise the second time");
            Explanations[closed] = explanation;
        }
    }

    /// <summary>The action about a bar as reference tables write it, for example ABLong.</summary>
    public string Action(int bar)
    {
        using var json = JsonDocument.Parse(Explanations[bar]);
        var combined = json.RootElement.GetProperty("combined");
        var signals = combined.GetProperty("contributions").EnumerateArray().Select(c => c.GetProperty("signal").GetString() == "Momentum" ? "A" : "B");
        return string.Concat(signals) + combined.GetProperty("action").GetString();
    }

    /// <summary>The same of what the kernels say.</summary>
    public string ExpectedAction(int bar) => (string)SignalTable.Columns.Single(c => c.Name == "action").Value(Expected[bar])!;

    public void Dispose() => Bench.Dispose();
}
