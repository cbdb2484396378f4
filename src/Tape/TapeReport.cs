namespace Granary.Tape;

/// <summary>What a reading has met so far. Not safe for use while another thread reads.</summary>
public sealed class TapeReport
{
    private readonly long[] _counts = new long[Enum.GetValues<TapeDefect>().Length];
    private readonly List<TapeOffence> _offences = [];

    /// <summary>Rows that were given out.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows that were left out; always 0 with <see cref="TapeChecks.Strict"/>.</summary>
    public long Skipped { get; private set; }

    /// <summary>Steps of the id by more than one between rows given out. Public tapes have them where their recorder was away; so they are no defect.</summary>
    public long IdGaps { get; internal set; }

    /// <summary>Ids missing in those gaps.</summary>
    public long MissingIds { get; internal set; }

    /// <summary>The first rows left out, at most <see cref="TapeOptions.QuotedMax"/>.</summary>
    public IReadOnlyList<TapeOffence> Offences => _offences;

    /// <summary>Rows left out for the reason, or noted with it.</summary>
    public long Count(TapeDefect defect) => _counts[(int)defect];

    internal bool IsFull(int quotedMax) => _offences.Count >= quotedMax;

    internal void Skip(TapeOffence offence, int quotedMax)
    {
        Skipped++;
        Note(offence, quotedMax);
    }

    internal void Note(TapeOffence offence, int quotedMax)
    {
        _counts[(int)offence.Defect]++;
        if (_offences.Count < quotedMax) _offences.Add(offence);
    }
}
