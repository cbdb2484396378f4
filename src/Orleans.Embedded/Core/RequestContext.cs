namespace Orleans.Runtime;

/// <summary>Values that travel with every call made from here on, and with the calls made by those.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> s_values = new();

    /// <summary>All entries.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => s_values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>All keys.</summary>
    public static IEnumerable<string> Keys => s_values.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The dictionary is never changed once it is here, so that calls share it.</summary>
    internal static Dictionary<string, object>? Current
    {
        get => s_values.Value;
        set => s_values.Value = value;
    }

    /// <summary>Removes all entries.</summary>
    public static void Clear() => s_values.Value = null;

    /// <summary>The value of a key, or null.</summary>
    /// <param name="key">The key.</param>
    public static object? Get(string key) => s_values.Value?.GetValueOrDefault(key);

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(string key)
    {
        var values = s_values.Value;
        if (values is null || !values.ContainsKey(key)) return false;
        var copy = new Dictionary<string, object>(values);
        copy.Remove(key);
        s_values.Value = copy.Count == 0 ? null : copy;
        return true;
    }

    /// <summary>Sets an entry. The value is shared with the callees and must not change.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public static void Set(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var values = s_values.Value;
        s_values.Value = values is null ? new Dictionary<string, object> { [key] = value } : new Dictionary<string, object>(values) { [key] = value };
    }
}
