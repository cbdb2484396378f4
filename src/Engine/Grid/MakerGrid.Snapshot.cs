using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Grid;

/// <content>Snapshots.</content>
public sealed partial class MakerGrid
{
    private const string Section = "maker-grid";
    private const int Version = 2;

    /// <summary>Writes the state; a grid that reads it goes on bit for bit.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(Section, Version);
        writer.Write((int)_options.Mode);
        _lookback.Write(writer);
        writer.Write(_equity);
        writer.Write(_bidE8);
        writer.Write(_askE8);
        writer.Write(_markE8);
        writer.Write(Leverage);
        writer.Write(LeverageTarget);
        writer.Write(IsPaused);
        writer.Write(_fees);
        writer.Write(_fundingPaid);
        writer.Write(_makerNotional);
        writer.Write(_takerNotional);
        writer.Write(_unexpectedTakerNotional);
        writer.Write(_unattributedE8);
        writer.Write(_rejectsInRow);
        writer.Write(_notionalMax is not null);
        writer.Write(_notionalMax ?? 0);
        writer.Write(_openMax);
        foreach (var ladder in _ladders) ladder.Write(writer);
    }

    /// <summary>Reads a grid. Its options may differ from those it was written with, but for mode and lookback; they hold from the next level or rung
    /// on.</summary>
    /// <param name="reader">Stands at the grid.</param>
    /// <param name="options">How it trades.</param>
    /// <param name="rules">What the venue demands of orders in the symbol.</param>
    /// <param name="brackets">The symbol's leverage ladder.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or of another mode or lookback.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or tick or step are.</exception>
    public static MakerGrid Read(ref SnapshotReader reader, GridOptions options, SymbolRules rules, LeverageBrackets brackets)
    {
        var version = reader.Section(Section, Version);
        if (reader.ReadInt32() is var mode && mode != (int)options.Mode)
            throw new InvalidDataException($"snapshot has a grid of mode {mode}, expected {options.Mode}");
        var grid = new MakerGrid(options, rules, brackets, GridLookback.Read(ref reader, options.LookbackBars))
        {
            _equity = reader.ReadDecimal(),
            _bidE8 = reader.ReadInt64(),
            _askE8 = reader.ReadInt64(),
            _markE8 = reader.ReadInt64(),
            Leverage = reader.ReadInt32(),
            LeverageTarget = reader.ReadInt32(),
            IsPaused = reader.ReadBoolean(),
            _fees = reader.ReadDecimal(),
            _fundingPaid = reader.ReadDecimal(),
            _makerNotional = reader.ReadDecimal(),
            _takerNotional = reader.ReadDecimal(),
            _unexpectedTakerNotional = reader.ReadDecimal(),
            _unattributedE8 = reader.ReadInt64(),
            _rejectsInRow = reader.ReadInt32(),
        };
        if (version >= 2) grid.OnSavedBudget(reader.ReadBoolean(), reader.ReadDecimal(), reader.ReadInt32());
        var isLeverageRight = grid.Leverage is >= 0 and <= 125 && grid.LeverageTarget is >= 1 and <= 125;
        if (grid._equity < 0 || grid._bidE8 < 0 || grid._askE8 < 0 || !isLeverageRight || grid._rejectsInRow < 0)
            throw new InvalidDataException("snapshot is damaged: a grid has impossible numbers");
        foreach (var ladder in grid._ladders) ladder.Restore(ref reader);
        return grid;
    }

    private void OnSavedBudget(bool isBounded, decimal notionalMax, int ordersMax)
    {
        if (notionalMax < 0 || ordersMax < 0) throw new InvalidDataException("snapshot is damaged: a grid has impossible numbers");
        OnBudget(isBounded ? notionalMax : null, ordersMax);
    }
}
