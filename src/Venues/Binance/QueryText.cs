using System.Globalization;
using System.Text;

namespace Granary.Venues.Binance;

/// <summary>Builds percent-encoded request parameters.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new(160);

    /// <summary>Appends a text, percent-encoded.</summary>
    public QueryText Add(string name, string value)
    {
        Name(name).Append(Uri.EscapeDataString(value));
        return this;
    }

    /// <summary>Appends an integer.</summary>
    public QueryText Add(string name, long value)
    {
        Name(name).Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>Appends a decimal without exponent and without trailing zeros; exact.</summary>
    public QueryText Add(string name, decimal value)
    {
        // Dividing by a one with 28 decimals makes the runtime choose the smallest scale.
        Name(name).Append(CultureInfo.InvariantCulture, $"{value / 1.0000000000000000000000000000m}");
        return this;
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private StringBuilder Name(string name)
    {
        if (_text.Length > 0) _text.Append('&');
        return _text.Append(name).Append('=');
    }
}
