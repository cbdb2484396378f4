using System.Globalization;
using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Client.Conformance;

/// <summary>
/// A value in params.json, which knows where it stands: <c>root["features"]["z_windows"][0]</c>. Numbers may be written as numbers or as text.
/// </summary>
public sealed class ParamNode
{
    private readonly string _file;
    private readonly string _path;
    private readonly JsonElement _value;

    private ParamNode(string file, string path, JsonElement value) => (_file, _path, _value) = (file, path, value);

    /// <summary>The values of an array, in their order.</summary>
    /// <exception cref="ConformanceException">The value is not an array.</exception>
    public IReadOnlyList<ParamNode> Items
    {
        get
        {
            if (_value.ValueKind != JsonValueKind.Array) throw Wrong("a list");
            return [.. _value.EnumerateArray().Select((item, i) => new ParamNode(_file, $"{_path}[{i}]", item))];
        }
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="ConformanceException">There is no such key.</exception>
    public ParamNode this[string key] => Optional(key) ?? throw new ConformanceException($"{_file} has no key {Below(key)}");

    /// <summary>An item of an array.</summary>
    /// <exception cref="ConformanceException">The value is not an array, or too short.</exception>
    public ParamNode this[int index] => Items is var items && index < items.Count ? items[index] : throw Wrong($"a list of at least {index + 1} items");

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConformanceException">The file is absent, or not a JSON object.</exception>
    public static ParamNode Load(string path)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path)) throw new ConformanceException($"{path} does not exist");
        try
        {
            var root = JsonElement.Parse(File.ReadAllBytes(path));
            return root.ValueKind == JsonValueKind.Object ? new ParamNode(file, "", root) : throw new ConformanceException($"{path} is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new ConformanceException($"{path} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>The value of a key, or null when there is none.</summary>
    /// <exception cref="ConformanceException">The value is not an object.</exception>
    public ParamNode? Optional(string key)
    {
        if (_value.ValueKind != JsonValueKind.Object) throw Wrong("an object");
        return _value.TryGetProperty(key, out var value) ? new ParamNode(_file, Below(key), value) : null;
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="ConformanceException">It is not one, or outside the range.</exception>
    public int Int(int min, int max) => (int)Long(min, max);

    /// <summary>A whole number.</summary>
    /// <exception cref="ConformanceException">It is not one, or outside the range.</exception>
    public long Long(long min, long max)
    {
        if (TryDecimal(out var value) && value >= min && value <= max && value == decimal.Truncate(value)) return (long)value;
        throw Wrong(FormattableString.Invariant($"a whole number from {min} to {max}"));
    }

    /// <summary>An exact number.</summary>
    /// <exception cref="ConformanceException">It is not a number, or outside the range.</exception>
    public decimal Decimal(decimal min, decimal max)
    {
        if (TryDecimal(out var value) && value >= min && value <= max) return value;
        throw Wrong(FormattableString.Invariant($"a number from {min} to {max}"));
    }

    /// <summary>A finite number.</summary>
    /// <exception cref="ConformanceException">It is not a number, or outside the range.</exception>
    public double Double(double min, double max)
    {
        if (double.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        throw Wrong(FormattableString.Invariant($"a number from {min} to {max}"));
    }

    /// <summary>An exact number above 0.</summary>
    /// <exception cref="ConformanceException">It is not a number, or outside the range.</exception>
    public decimal PositiveDecimal(decimal max)
    {
        if (TryDecimal(out var value) && value > 0 && value <= max) return value;
        throw Wrong(FormattableString.Invariant($"a number above 0, at most {max}"));
    }

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="ConformanceException">It is not a number, or outside the range.</exception>
    public double PositiveDouble(double max)
    {
        if (double.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= max) return value;
        throw Wrong(FormattableString.Invariant($"a number above 0, at most {max}"));
    }

    /// <summary>A volume or quote volume: above 0, within the range of <see cref="Fixed8"/>, at most eight decimals.</summary>
    /// <exception cref="ConformanceException">It is not so.</exception>
    public decimal Threshold()
    {
        var max = Fixed8.ToDecimal(Fixed8.Max);
        if (TryDecimal(out var value) && value > 0 && value <= max && decimal.Round(value, Fixed8.Decimals) == value) return value;
        throw Wrong(FormattableString.Invariant($"a number above 0, at most {max}, with at most {Fixed8.Decimals} decimals"));
    }

    /// <summary>Text that is not empty.</summary>
    /// <exception cref="ConformanceException">It is something else.</exception>
    public string Text() => _value.ValueKind == JsonValueKind.String && _value.GetString() is { Length: > 0 } text ? text : throw Wrong("text");

    /// <summary>The failure of this value for a reason that only its user knows.</summary>
    /// <param name="expected">What was expected instead.</param>
    public ConformanceException Wrong(string expected) =>
        new($"{_file}: {(_path.Length > 0 ? _path : "the file")} was {_value.GetRawText()}, expected {expected}");

    private string Scalar => _value.ValueKind switch
    {
        JsonValueKind.Number => _value.GetRawText(),
        JsonValueKind.String => _value.GetString()!,
        _ => "",
    };

    private bool TryDecimal(out decimal value) => decimal.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private string Below(string key) => _path.Length > 0 ? $"{_path}.{key}" : key;
}
