using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Market;

public sealed class Fixed8Tests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.00000001")]
    [InlineData(-1, "-0.00000001")]
    [InlineData(100_000_000, "1")]
    [InlineData(1_000_000_000_000, "10000")]
    [InlineData(6_700_010_000_000, "67000.1")]
    [InlineData(12_345_678, "0.12345678")]
    [InlineData(1_234_567_000, "12.34567")]
    [InlineData(-5_050_000_000, "-50.5")]
    [InlineData(long.MaxValue, "92233720368.54775807")]
    [InlineData(long.MinValue, "-92233720368.54775808")]
    public void Decimals_come_without_trailing_zeros(long e8, string text) =>
        Fixed8.ToDecimal(e8).ToString(CultureInfo.InvariantCulture).ShouldBe(text);

    [Fact]
    public void Every_number_survives_the_way_through_decimal_and_text()
    {
        Prop.ForAll(Numbers, e8 =>
        {
            var value = Fixed8.ToDecimal(e8);
            Span<byte> text = stackalloc byte[32];
            var length = Fixed8.Format(e8, text);
            var parsed = Fixed8.TryParse(text[..length], out var back);
            return value == (decimal)e8 / Fixed8.One
                && Fixed8.FromDecimal(value) == e8
                && (parsed ? back == e8 : Math.Abs((decimal)e8) > Fixed8.Max - 10)
                && Encoding.ASCII.GetString(text[..length]) == value.ToString(CultureInfo.InvariantCulture);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Products_are_exact()
    {
        var factors = Gen.Choose(-2_000_000_000, 2_000_000_000).Select(n => (long)n);
        Prop.ForAll(factors.ToArbitrary(), factors.ToArbitrary(), (a, b) =>
            Fixed8.ToDecimalE16((Int128)a * b) == Fixed8.ToDecimal(a) * Fixed8.ToDecimal(b)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData("3349983517", 8, "334998.3517")]
    [InlineData("-1", 0, "-0.0000000000000001")]
    [InlineData("79228162514264337593543950335", 0, "7922816251426.4337593543950335")]
    [InlineData("10000000000000000", 0, "1")]
    [InlineData("170141183460469231731", 0, "17014.1183460469231731")]
    public void Scaled_products_come_without_trailing_zeros(string digits, int zeros, string expected)
    {
        var e16 = Int128.Parse(digits + (zeros == 0 ? "" : "000000000000"), CultureInfo.InvariantCulture);
        Fixed8.ToDecimalE16(e16).ToString(CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Fact]
    public void A_product_with_too_many_digits_is_refused_and_not_rounded()
    {
        Should.Throw<OverflowException>(() => Fixed8.ToDecimalE16(Int128.MaxValue));
        Should.Throw<OverflowException>(() => Fixed8.ToDecimalE16(Int128.Parse("79228162514264337593543950337", CultureInfo.InvariantCulture)));
        Fixed8.ToDecimalE16(Int128.Parse("792281625142643375935439503350", CultureInfo.InvariantCulture)).ShouldBe(79228162514264.337593543950335m);
        Fixed8.ToDecimalE16(Int128.MinValue / 1_000_000_000_000).ShouldBe(-17014118346.0469231731687303m);
    }

    [Theory]
    [InlineData("0.000000001")]
    [InlineData("1.123456789")]
    public void More_than_eight_decimals_are_refused(string text) =>
        Should.Throw<ArgumentException>(() => Fixed8.FromDecimal(decimal.Parse(text, CultureInfo.InvariantCulture)));

    [Fact]
    public void Numbers_out_of_range_are_refused() => Should.Throw<OverflowException>(() => Fixed8.FromDecimal(92_233_720_369m));

    [Theory]
    [InlineData("1", 100_000_000)]
    [InlineData("0.1", 10_000_000)]
    [InlineData("-12.345", -1_234_500_000)]
    [InlineData("007.50", 750_000_000)]
    [InlineData("1.000000000", 100_000_000)]
    [InlineData(".5", 50_000_000)]
    [InlineData("5.", 500_000_000)]
    public void Plain_numbers_are_read(string text, long expected)
    {
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out var e8).ShouldBeTrue();
        e8.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("0.000000001")]
    [InlineData("99999999999")]
    [InlineData("9999999999999999999999999")]
    public void Anything_else_is_refused(string text)
    {
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_destination_that_is_too_short_is_named() =>
        Should.Throw<ArgumentException>(() => Fixed8.Format(123_456_789, new byte[3])).ParamName.ShouldBe("destination");

    private static Arbitrary<long> Numbers => Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => (long)n),
        Gen.Choose(int.MinValue, int.MaxValue).SelectMany(high => Gen.Choose(0, int.MaxValue).Select(low => ((long)high << 32) + low)),
        Gen.Choose(0, 18).SelectMany(zeros => Gen.Choose(-9, 9).Select(digit => digit * (long)Math.Pow(10, zeros)))).ToArbitrary();
}
