namespace Granary.Silo.Operator.Access;

/// <summary>Marks the endpoints that serve the dashboard's files.</summary>
internal sealed class PageMark
{
    public static readonly PageMark Instance = new();
}
