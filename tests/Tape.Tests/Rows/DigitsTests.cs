using System.Text;
using Granary.Engine.Market;
using Granary.Tape.Rows;

namespace Granary.Tape.Tests.Rows;

/// <summary>What is read eight digits at a step is what is read one by one, or is refused.</summary>
public sealed class DigitsTests
{
    private static readonly string[] Numbers =
    [
        "", "0", "7", ".", "5.", ".5", "0.5", "12345678", "123456789", "1234567890123456", "12345678901234567", "67000.1", "0.00139676", "23.00000000",
        "99999999.9999999", "9999999999", "99999999999", "9999999999.12345", "1.234567890", "0.123456789", "1.2.3", "..", "1..2", "-1", "-0.5", "1e5", "1,5", " 1",
        "1 ", "+1", "12345678.", ".12345678", "0.000000001", "00000000000001.5", "1234567.12345678", "x", "\0\0\0\0", "１", "123456789.", "2.123456781",
    ];

    [Fact]
    public void Listed_numbers_are_the_same()
    {
        foreach (var number in Numbers) ShouldAgree(number);
        Read("67000.1", out var price).ShouldBeTrue();
        price.ShouldBe(6_700_010_000_000);
        Read("0.00139676", out price).ShouldBeTrue();
        price.ShouldBe(139_676);
    }

    [Fact]
    public void Two_hundred_thousand_seeded_numbers_are_the_same()
    {
        var random = new Random(3);
        const string characters = "0123456789012345678901234567890.-/:e \0";
        var text = new StringBuilder();
        var read = 0;
        for (var round = 0; round < 200_000; round++)
        {
            text.Clear();
            var point = random.Next(-3, 12);
            for (var i = random.Next(0, 19); i >= 0; i--)
            {
                if (i == point) text.Append('.');
                text.Append(random.Next(60) == 0 ? characters[random.Next(characters.Length)] : (char)('0' + random.Next(10)));
            }
            if (ShouldAgree(text.ToString())) read++;
        }
        read.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public void Every_short_text_of_the_difficult_characters_is_the_same()
    {
        const string characters = "09./:-";
        for (var length = 1; length <= 6; length++)
        {
            var texts = (int)Math.Pow(characters.Length, length);
            for (var number = 0; number < texts; number++)
            {
                var (text, rest) = (new StringBuilder(), number);
                for (var i = 0; i < length; i++, rest /= characters.Length) text.Append(characters[rest % characters.Length]);
                ShouldAgree(text.ToString());
            }
        }
    }

    [Theory]
    [InlineData("12345678901234567890.12345678", "12345678901234567890.12345678")]
    [InlineData("-0.000000000001", "-0.000000000001")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    [InlineData("99999999999999999999999999999", null)]
    [InlineData("0.123456789", "0.123456789")]
    [InlineData("-", null)]
    [InlineData("1e3", null)]
    [InlineData("1..2", null)]
    [InlineData("", null)]
    public void Decimals_may_be_longer_than_eight_places(string text, string? expected)
    {
        Fields.TryParseDecimal(Encoding.UTF8.GetBytes(text), out var value).ShouldBe(expected is not null);
        if (expected is not null) value.ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    // Returns whether the quick way has read the decimal.
    private static bool ShouldAgree(string text)
    {
        // What stands around the field must not matter.
        var read = false;
        foreach (var around in new[] { '9', ',', '.', '\u00FF' })
        {
            var bytes = Encoding.Latin1.GetBytes(new string(around, 16) + text + new string(around, 16));
            var field = bytes.AsSpan(16, bytes.Length - 32);
            if (Digits.TryReadE8(ref bytes[0], 16, bytes.Length - 16, out var e8))
            {
                Fixed8.TryParse(field, out var expected).ShouldBeTrue(text);
                e8.ShouldBe(expected, text);
                read = true;
            }
            if (Digits.TryReadInteger(ref bytes[0], 16, bytes.Length - 16, out var integer))
            {
                Fields.TryParseId(field, out var expected).ShouldBeTrue(text);
                integer.ShouldBe(expected, text);
            }
            else (field.Length is >= 1 and <= 16 && Fields.TryParseId(field, out _)).ShouldBeFalse(text);
        }
        return read;
    }

    private static bool Read(string text, out long e8)
    {
        var bytes = Encoding.Latin1.GetBytes(new string('x', 16) + text);
        return Digits.TryReadE8(ref bytes[0], 16, bytes.Length, out e8);
    }
}
