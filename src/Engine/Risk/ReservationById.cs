using System.Diagnostics.CodeAnalysis;

namespace Granary.Engine.Risk;

/// <summary>Makes a set of reservations one by the text of their ids, looked up without making that text.</summary>
internal sealed class ReservationById : IEqualityComparer<Reservation>, IAlternateEqualityComparer<ReadOnlySpan<char>, Reservation>
{
    internal static readonly ReservationById Instance = new();

    public bool Equals(Reservation? x, Reservation? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.IdHash == y.IdHash && x.ClientOrderId == y.ClientOrderId);

    public int GetHashCode([DisallowNull] Reservation obj) => obj.IdHash;

    public bool Equals(ReadOnlySpan<char> alternate, Reservation other) => other.IsNamed(alternate);

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate);

    public Reservation Create(ReadOnlySpan<char> alternate) => throw new NotSupportedException("a reservation is not made from an id alone");
}
