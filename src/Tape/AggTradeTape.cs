using Granary.Engine.Market;

namespace Granary.Tape;

/// <summary>Trade tapes as sequences.</summary>
public static class AggTradeTape
{
    /// <summary>Reads a tape while it is enumerated (<see cref="AggTradeReader"/>); enumerating again reads the file again.</summary>
    /// <param name="path">The file: csv, csv.gz, or zip with one csv.</param>
    /// <param name="options">How to read; null for strict defaults.</param>
    /// <exception cref="TapeException">The file or, with <see cref="TapeChecks.Strict"/>, a row is wrong; thrown while enumerating.</exception>
    public static IEnumerable<AggTrade> Read(string path, TapeOptions? options = null)
    {
        using var reader = new AggTradeReader(path, options);
        var block = new AggTrade[RowReader<AggTrade>.BlockRows];
        for (int count; (count = reader.Read(block)) > 0;)
        {
            for (var i = 0; i < count; i++) yield return block[i];
        }
    }
}
