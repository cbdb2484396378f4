using System.Runtime.InteropServices;
using System.Text;

namespace Granary.Selection;

/// <summary>The peer's universe: names, and the columns candle by candle.</summary>
internal sealed record Universe(string[] Names, int Candles, double[] High, double[] Low, double[] Close, double[] QuoteVolume)
{
    public static Universe Load(string path, int candles)
    {
        var bytes = File.ReadAllBytes(path);
        var end = Array.IndexOf(bytes, (byte)'\n');
        var names = Encoding.ASCII.GetString(bytes, 0, end).Split(' ');
        var size = names.Length * candles;
        double[] Column(int index) =>
            MemoryMarshal.Cast<byte, double>(bytes.AsSpan(end + 1 + (index * size * sizeof(double)), size * sizeof(double))).ToArray();
        return new Universe(names, candles, Column(0), Column(1), Column(2), Column(3));
    }

    /// <summary>The step that the peer gives a price.</summary>
    public static decimal StepOf(double price) => price < 2 ? 1m : price < 100 ? 0.1m : 0.001m;
}
