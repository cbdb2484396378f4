using System.Numerics;

namespace Granary.Engine.Statistics;

/// <summary>
/// A power of ten that divides every number of a series (the lot of trade sizes), and the exact division by it without a divide instruction: modulo 2^64 a
/// multiple k·10^s, times the inverse of 5^s, is k·2^s, and a rotation by s gives k. Every other number comes out above 2^64 / 10^s, so one multiplication
/// both divides and tests.
/// </summary>
internal readonly struct ExactUnit
{
    private const int PowerMax = 10;

    private readonly ulong _inverse;
    private readonly int _power;

    private ExactUnit(long value, int power)
    {
        Value = value;
        _power = power;
        var odd = (ulong)value >> power;

        // Newton's iteration doubles the correct bits: 3, 6, 12, 24, 48, 96.
        var inverse = odd;
        for (var i = 0; i < 5; i++) inverse *= 2 - (odd * inverse);
        _inverse = inverse;
    }

    /// <summary>The unit, 1 to 10^10.</summary>
    public long Value { get; }

    /// <summary>The largest unit of up to 10^10 that divides a number of 0 or more; 10^10 for 0.</summary>
    public static ExactUnit Of(long number) => Below(10_000_000_000, PowerMax, number);

    /// <summary>The largest unit that divides both this unit and the number.</summary>
    public ExactUnit Refine(long number) => Below(Value, _power, number);

    /// <summary>The number divided by the unit; above 1.8·10^9 when it is no multiple of it.</summary>
    /// <param name="number">0 or more.</param>
    public ulong Quotient(long number) => BitOperations.RotateRight((ulong)number * _inverse, _power);

    private static ExactUnit Below(long value, int power, long number)
    {
        for (; number % value != 0; power--) value /= 10;
        return new ExactUnit(value, power);
    }
}
