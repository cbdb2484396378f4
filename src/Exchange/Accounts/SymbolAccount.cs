using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>What an account has in one symbol: settings, up to three positions (one-way, long, short), open orders, remembered fills.</summary>
internal sealed class SymbolAccount
{
    private readonly int _leverageDefault;

    public SymbolAccount(AccountState account, ListedSymbol symbol, BracketTable brackets, int leverageDefault, int fillsMax)
    {
        Account = account;
        Symbol = symbol;
        Brackets = brackets;
        _leverageDefault = leverageDefault;
        Legs = [new PositionState(this, PositionSide.Both), new PositionState(this, PositionSide.Long), new PositionState(this, PositionSide.Short)];
        Fills = new BoundedList<ExchangeFill>(fillsMax);
    }

    public AccountState Account { get; }

    public ListedSymbol Symbol { get; }

    public BracketTable Brackets { get; }

    /// <summary>The leverage that the account has set; 0 until it has.</summary>
    public int LeverageChosen { get; set; }

    public int Leverage => Math.Min(Brackets.LeverageMax, LeverageChosen != 0 ? LeverageChosen : _leverageDefault);

    public MarginType MarginType { get; set; }

    public bool IsIsolated => MarginType == MarginType.Isolated;

    /// <summary>By position side.</summary>
    public PositionState[] Legs { get; }

    /// <summary>Open orders in order of their ids.</summary>
    public List<AccountOrder> Orders { get; } = [];

    public BoundedList<ExchangeFill> Fills { get; }

    /// <summary>Changed since the last record.</summary>
    public bool IsDirty { get; set; }

    public bool IsFlat => Legs[0].IsFlat && Legs[1].IsFlat && Legs[2].IsFlat;

    public bool IsIdle => Orders.Count == 0 && IsFlat;

    public PositionState Leg(PositionSide side) => Legs[(int)side];

    public MarginSettings ToSettings() => new(Symbol.Name, MarginType, Leverage, Brackets.NotionalMax(Leverage));
}
