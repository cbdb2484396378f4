namespace Granary.Orleans.Embedded.Benchmarks;

/// <summary>Rounds and their median.</summary>
internal static class Measurement
{
    public const int Rounds = 5;

    public static async Task<double[]> Repeat(Func<Task<double>> round)
    {
        var results = new double[Rounds];
        for (var index = 0; index < Rounds; index++) results[index] = await round();
        Array.Sort(results);
        return results;
    }

    public static double Median(double[] sorted) => sorted[sorted.Length / 2];

    public static void Print(string what, double[] sorted, string format, string unit, string other) =>
        Console.WriteLine($"{what,-56}{Median(sorted).ToString(format) + " " + unit,22}{$"[{sorted[0].ToString(format)} - {sorted[^1].ToString(format)}]",26}   {other}");

    public static double Seconds(long start) => TimeProvider.System.GetElapsedTime(start).TotalSeconds;
}
