using Granary.Engine.Bars;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Pipeline;

/// <summary>A tape in memory and the things that are done to it.</summary>
internal sealed class Workload
{
    private readonly PipelineOptions _options;
    private readonly BarTable _bars = BarTable.Build([], 1);

    public Workload(string file, decimal threshold)
    {
        _options = new PipelineOptions { VolumeThreshold = threshold };
        Trades = [.. AggTradeTape.Read(file)];
    }

    public AggTrade[] Trades { get; }

    /// <summary>Trades per second of each run; runs before them, until the code is compiled at its best, are not counted.</summary>
    public double[] Rates(string mode, int runs)
    {
        var time = TimeProvider.System;
        for (var i = 0; i < 3; i++) Run(mode);
        var rates = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            var start = time.GetTimestamp();
            Run(mode);
            rates[i] = Trades.Length / time.GetElapsedTime(start).TotalSeconds;
        }
        return rates;
    }

    /// <summary>Bytes allocated per trade in steady state, bars included, and by making and warming one pipeline.</summary>
    public void PrintAllocations()
    {
        // What a process allocates once, by compiling and by its first exact median, belongs to no pipeline.
        Run("stream");
        var half = Trades.Length / 2;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pipeline = new SymbolPipeline(_options);
        Feed(pipeline, Trades.AsSpan(0, half));
        var warmed = GC.GetAllocatedBytesForCurrentThread();
        var bars = pipeline.BarCount;
        Feed(pipeline, Trades.AsSpan(half));
        var after = GC.GetAllocatedBytesForCurrentThread();
        Console.WriteLine($"one pipeline, made and warmed: {(warmed - before) / 1024.0:0.0} KiB");
        Console.WriteLine($"steady state: {after - warmed} bytes in {Trades.Length - half} trades and {pipeline.BarCount - bars} bars");
    }

    private void Run(string mode)
    {
        switch (mode)
        {
            case "bars":
                // The peer writes into an array that it was given, so the table is used again.
                _bars.Fill(Trades, _options.VolumeThreshold);
                Check(_bars.Count);
                break;
            case "batch":
                Check(FeatureTable.Compute(Trades, _options).Count);
                break;
            default:
                var pipeline = new SymbolPipeline(_options);
                Feed(pipeline, Trades);
                Check((int)pipeline.BarCount);
                break;
        }
    }

    private static void Feed(SymbolPipeline pipeline, ReadOnlySpan<AggTrade> trades)
    {
        foreach (ref readonly var trade in trades) pipeline.Add(trade);
    }

    private static void Check(int bars)
    {
        if (bars == 0) throw new InvalidOperationException("the tape makes no bar at this threshold; choose a lower --threshold");
    }
}
