namespace Orleans.Streams;

/// <summary>Place of an event in its stream.</summary>
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
{
    /// <summary>Place in a batch; 0 is the first.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <summary>Place of the batch in the stream.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);
}
