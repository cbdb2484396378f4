using Orleans.Streams;

namespace Orleans.Embedded.Streams;

/// <summary>Counts the events of a stream.</summary>
[Immutable]
internal sealed class SequenceToken(long number) : StreamSequenceToken
{
    public override int EventIndex { get; protected set; }

    public override long SequenceNumber { get; protected set; } = number;

    public override int CompareTo(StreamSequenceToken? other) => other is null ? 1 : SequenceNumber.CompareTo(other.SequenceNumber);

    public override bool Equals(StreamSequenceToken? other) => other is SequenceToken token && token.SequenceNumber == SequenceNumber;

    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    public override int GetHashCode() => SequenceNumber.GetHashCode();
}
