namespace Granary.Client.Api;

/// <summary>What narrows a list.</summary>
/// <param name="Symbol">Only this symbol, or null.</param>
/// <param name="Account">Only this account, or null.</param>
/// <param name="Limit">Rows, 1 to 1,000.</param>
public sealed record ListQuery(string? Symbol, string? Account, int Limit)
{
    /// <summary>The query text, with its question mark.</summary>
    public override string ToString()
    {
        var text = $"?limit={Limit}";
        if (Symbol is not null) text += $"&symbol={Uri.EscapeDataString(Symbol.ToUpperInvariant())}";
        if (Account is not null) text += $"&account={Uri.EscapeDataString(Account)}";
        return text;
    }
}
