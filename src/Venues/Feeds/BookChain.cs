namespace Granary.Venues.Feeds;

/// <summary>Whether the changes of one book follow each other. After a gap nothing passes until the next whole book.</summary>
internal struct BookChain
{
    private bool _isLive;

    /// <summary>The last update that was let through; holds while live.</summary>
    public long LastId { get; private set; }

    /// <summary>Forgets the book.</summary>
    public void Reset() => _isLive = false;

    /// <summary>A whole book.</summary>
    public void Begin(long id) => (_isLive, LastId) = (true, id);

    /// <summary>A change.</summary>
    /// <param name="previousId">The update that it follows.</param>
    /// <param name="id">Its own.</param>
    public ChainStep Step(long previousId, long id)
    {
        if (!_isLive) return ChainStep.Waiting;
        if (previousId != LastId || id < previousId)
        {
            _isLive = false;
            return ChainStep.Gap;
        }
        var isEmpty = id == previousId;
        LastId = id;
        return isEmpty ? ChainStep.Nothing : ChainStep.Follows;
    }
}
