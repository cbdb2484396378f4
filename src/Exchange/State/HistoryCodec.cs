using Granary.Engine.Snapshots;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.State;

/// <summary>Wallet changes, funding times and moves of isolated margin as bytes, within a state record: the new ones, or all that are remembered.</summary>
internal static class HistoryCodec
{
    public static void Write(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        WriteIncome(writer, ledger, everything);
        WriteFundings(writer, ledger, everything);
        WriteMoves(writer, ledger, everything);
    }

    public static void Read(ref SnapshotReader reader, Ledger ledger, bool hasMoves)
    {
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var account = StateCodec.Account(ledger, reader.ReadString());
            account.Income.Add(
                new IncomeRecord(
                    reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadDecimal(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt64()),
                out _);
        }
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var symbol = StateCodec.Symbol(ledger, reader.ReadString());
            symbol.Fundings.Add(new FundingRecord(symbol.Name, reader.ReadDecimal(), reader.ReadInt64(), reader.ReadDecimal()), out _);
        }
        if (!hasMoves) return;
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var account = StateCodec.Account(ledger, reader.ReadString());
            var symbol = StateCodec.Symbol(ledger, reader.ReadString());
            account.MarginMoves.Add(
                new PositionMarginMove(symbol.Name, StateCodec.ReadPositionSide(ref reader), reader.ReadDecimal(), reader.ReadInt64()), out _);
        }
    }

    private static void WriteIncome(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        if (!everything)
        {
            writer.Write(ledger.NewIncome.Count);
            foreach (var (account, income) in ledger.NewIncome) WriteIncome(writer, account, income);
            return;
        }
        writer.Write(ledger.Accounts.Sum(a => a.Income.Count));
        foreach (var account in ledger.Accounts)
            foreach (var income in account.Income) WriteIncome(writer, account, income);
    }

    private static void WriteIncome(SnapshotWriter writer, AccountState account, IncomeRecord income)
    {
        writer.Write(account.Name);
        writer.Write(income.TransactionId);
        writer.Write(income.Type);
        writer.Write(income.Symbol);
        writer.Write(income.Amount);
        writer.Write(income.Info);
        writer.Write(income.TradeId);
        writer.Write(income.TimeMs);
    }

    private static void WriteFundings(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        var fundings = everything ? ledger.Symbols.SelectMany(s => s.Fundings).ToList() : ledger.NewFundings;
        writer.Write(fundings.Count);
        foreach (var funding in fundings)
        {
            writer.Write(funding.Symbol);
            writer.Write(funding.Rate);
            writer.Write(funding.TimeMs);
            writer.Write(funding.MarkPrice);
        }
    }

    private static void WriteMoves(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        var moves = everything
            ? ledger.Accounts.SelectMany(account => account.MarginMoves.Select(move => (Account: account, Move: move))).ToList()
            : ledger.NewMarginMoves;
        writer.Write(moves.Count);
        foreach (var (account, move) in moves)
        {
            writer.Write(account.Name);
            writer.Write(move.Symbol);
            writer.Write((int)move.Side);
            writer.Write(move.Amount);
            writer.Write(move.TimeMs);
        }
    }
}
