using System.Globalization;
using System.Net;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// The parameters of a request: query and form body are read alike, in any order, and the query wins where a name stands in both. Names are
/// case-sensitive. At most <see cref="CountMax"/> parameters are read; more are an error.
/// </summary>
internal sealed class RequestParameters
{
    public const int CountMax = 128;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public RequestParameters(string query, string body)
    {
        Read(query);
        Read(body);
    }

    /// <summary>Parameters of one order of a batch; the first of a name counts.</summary>
    public RequestParameters(IEnumerable<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (_values.Count == CountMax) throw VenueErrors.TooManyParameters(CountMax);
            _values.TryAdd(name, value);
        }
    }

    /// <summary>The decoded value, or null when the parameter was not sent. An empty value counts as not sent.</summary>
    public string? Find(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Whether the name was sent, even with an empty value.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <exception cref="ExchangeException">-1102 when it was not sent.</exception>
    public string Require(string name) => Find(name) ?? throw VenueErrors.MandatoryParameter(name);

    /// <summary>An integer, or null when it was not sent.</summary>
    /// <exception cref="ExchangeException">-1102 when it is malformed.</exception>
    public long? FindLong(string name)
    {
        var text = Find(name);
        if (text is null) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw VenueErrors.MandatoryParameter(name);
    }

    /// <exception cref="ExchangeException">-1102 when it was not sent or is malformed.</exception>
    public long RequireLong(string name) => FindLong(name) ?? throw VenueErrors.MandatoryParameter(name);

    /// <summary>A plain decimal number, or null when it was not sent.</summary>
    /// <exception cref="ExchangeException">-1102 when it is malformed.</exception>
    public decimal? FindDecimal(string name)
    {
        var text = Find(name);
        if (text is null) return null;
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return text.Length <= 32 && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw VenueErrors.MandatoryParameter(name);
    }

    /// <summary>true or false in any case; null when it was not sent.</summary>
    /// <exception cref="ExchangeException">-1130 when it is neither.</exception>
    public bool? FindBool(string name)
    {
        var text = Find(name);
        if (text is null) return null;
        return bool.TryParse(text, out var value) ? value : throw VenueErrors.InvalidParameter(name);
    }

    /// <summary>A limit with a default and a range from 1.</summary>
    /// <exception cref="ExchangeException">-1130 when it is outside the range.</exception>
    public int Limit(int ifAbsent, int max)
    {
        var limit = FindLong("limit") ?? ifAbsent;
        return limit >= 1 && limit <= max ? (int)limit : throw VenueErrors.InvalidParameter("limit");
    }

    private void Read(string text)
    {
        foreach (var range in text.AsSpan().Split('&'))
        {
            var pair = text.AsSpan(range);
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? default : pair[(equals + 1)..];
            if (_values.Count == CountMax) throw VenueErrors.TooManyParameters(CountMax);
            _values.TryAdd(Decode(name), Decode(value));
        }
    }

    private static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : WebUtility.UrlDecode(text.ToString());
}
