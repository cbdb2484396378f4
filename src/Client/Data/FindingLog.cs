namespace Granary.Client.Data;

/// <summary>Counts findings and keeps the first places of each kind; its memory is bounded.</summary>
public sealed class FindingLog
{
    /// <summary>Places kept of each kind.</summary>
    public const int PlacesMax = 5;

    private static readonly int KindCount = Enum.GetValues<FindingKind>().Length;

    private readonly long[] _counts = new long[KindCount];
    private readonly string[] _details = new string[KindCount];
    private readonly List<FindingPlace>?[] _places = new List<FindingPlace>?[KindCount];

    /// <summary>Findings so far, by kind.</summary>
    public IEnumerable<Finding> Findings =>
        Enum.GetValues<FindingKind>().Where(k => _counts[(int)k] > 0)
            .Select(k => new Finding(k, _counts[(int)k], _details[(int)k] ?? "", (IReadOnlyList<FindingPlace>?)_places[(int)k] ?? []));

    /// <summary>Counts a finding.</summary>
    public void Add(FindingKind kind, long line, string text)
    {
        if (_counts[(int)kind]++ >= PlacesMax) return;
        (_places[(int)kind] ??= []).Add(new FindingPlace(line, text));
    }

    /// <summary>Counts findings that were gathered elsewhere.</summary>
    public void Set(FindingKind kind, long count, string detail, IEnumerable<FindingPlace> first)
    {
        (_counts[(int)kind], _details[(int)kind]) = (count, detail);
        _places[(int)kind] = [.. first.Take(PlacesMax)];
    }

    /// <summary>Raises the count of a kind of which some were counted only once they were quoted.</summary>
    public void Raise(FindingKind kind, long count) => _counts[(int)kind] = Math.Max(_counts[(int)kind], count);

    /// <summary>Adds a sum or span to a kind.</summary>
    public void Describe(FindingKind kind, string detail) => _details[(int)kind] = detail;

    /// <summary>How often the kind was found.</summary>
    public long Count(FindingKind kind) => _counts[(int)kind];
}
