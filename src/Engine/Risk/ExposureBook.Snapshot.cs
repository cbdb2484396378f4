using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <content>The book as bytes. Leverage brackets are configuration: they are not written, and stay as they are when a state is read.</content>
internal sealed partial class ExposureBook
{
    internal void Write(SnapshotWriter writer)
    {
        writer.Section("exposure", 4);
        writer.Write(_symbols.Count);
        foreach (var symbol in _symbols) symbol.Write(writer);
        writer.Write(_reservations.Count);
        foreach (var symbol in _symbols)
        {
            foreach (var reservation in symbol.Orders) reservation.Write(writer);
        }
        writer.Write(_unmatched.Count);
        foreach (var (symbol, venueOrderId, quantity) in _unmatched)
        {
            writer.Write(symbol);
            writer.Write(venueOrderId);
            writer.Write(quantity);
        }
        _finished.Write(writer);
    }

    internal void Read(ref SnapshotReader reader)
    {
        var version = reader.Section("exposure", 4);
        var before = _symbols.ToArray();
        _bySymbol.Clear();
        _symbols.Clear();
        _reservations.Clear();
        _unmatched.Clear();
        for (var i = reader.ReadCount(SymbolsMax, "symbols"); i > 0; i--)
        {
            var symbol = SymbolExposure.Read(ref reader, marginAsset, version);
            if (_bySymbol.ContainsKey(symbol.Symbol)) throw new InvalidDataException($"snapshot is damaged: it has {symbol.Symbol} twice");
            Insert(symbol);
        }
        foreach (var symbol in before)
        {
            if (symbol.Brackets is { } brackets && _symbols.Count < SymbolsMax) Symbol(symbol.Symbol).Brackets = brackets;
        }
        for (var i = reader.ReadCount(ReservationsMax, "reservations"); i > 0; i--)
        {
            var reservation = Reservation.Read(ref reader, version);
            if (Find(reservation.Symbol) is null || _reservations.Contains(reservation))
                throw new InvalidDataException($"snapshot is damaged: order {reservation.ClientOrderId} is there twice or of no symbol");
            Add(reservation);
        }
        for (var i = reader.ReadCount(UnmatchedMax, "unmatched fills"); i > 0; i--)
            _unmatched.Add((reader.ReadString(), reader.ReadInt64(), reader.ReadDecimal()));
        _finished.Read(ref reader);
    }
}
