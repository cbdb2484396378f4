using Granary.Client.Views;

namespace Granary.Client.Tests.Views;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(9_999, "9999 ms")]
    [InlineData(31_000, "31 s")]
    [InlineData(3_600_000, "60 min")]
    [InlineData(86_400_000, "24 h")]
    [InlineData(864_000_000, "10 d")]
    [InlineData(-1, "-")]
    [InlineData(long.MaxValue, "106,751,991,167 d")]
    public void Ages_are_short(long ms, string text) => Format.Age(ms).ShouldBe(text);

    [Theory]
    [InlineData("61000.10000000", "61000.1")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("-12", "-12")]
    public void Numbers_are_exact_without_trailing_zeros(string value, string text) =>
        Format.Number(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Fact]
    public void Markup_in_answers_is_text() => Format.Text("[red]x[/]").ShouldBe("[[red]]x[[/]]");

    [Fact]
    public void Times_are_utc() => Format.Time(1_723_161_600_000).ShouldBe("08-09 00:00:00");
}
