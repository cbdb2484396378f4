namespace Granary.Engine.Reconciliation;

/// <summary>
/// Which findings have been told: the same one of the next passes is told again only after a pass without it. Bound: the findings of one pass.
/// </summary>
public sealed class FindingMemory
{
    private HashSet<(FindingKind Kind, string Subject)> _told = [];

    /// <summary>Takes the findings of a whole pass.</summary>
    /// <returns>Those to tell, in their order, each once.</returns>
    public IReadOnlyList<Finding> Take(IReadOnlyList<Finding> findings)
    {
        var present = new HashSet<(FindingKind, string)>();
        var fresh = new List<Finding>();
        foreach (var finding in findings)
        {
            var key = (finding.Kind, finding.Subject);
            if (present.Add(key) && !_told.Contains(key)) fresh.Add(finding);
        }
        _told = present;
        return fresh;
    }
}
