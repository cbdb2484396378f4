using Granary.Engine.Factors;
using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Client.Conformance.Tables;

/// <summary>Classic indicators and CUSUM events of one-minute candles, and the indicators of a market that stands still (formulas §6.2 to §6.4, §7).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class IndicatorTables(ConformanceSource source) : IConformanceFamily
{
    /// <summary>Candles of the market that stands still.</summary>
    public const int ConstantCount = 60;

    /// <summary>Its price, quote units.</summary>
    public const decimal ConstantPrice = 100;

    /// <summary>Steps ahead of the second GARCH forecast, which the column garch_var_10 has in its name.</summary>
    private const int GarchHorizon = 10;

    private const double VarianceMax = 1;
    private const double CusumMax = 1_000;
    private const string ZScoreColumn = "zscore";

    private static readonly CsvColumn<CusumEvent>[] CusumColumns = [.. CusumTable.Columns.Select(column => new CsvColumn<CusumEvent>(column.Key, column.Value))];

    private static readonly CsvColumn<IndicatorRow>[] Columns =
        [.. IndicatorTable.Columns.Where(column => column.Key != ZScoreColumn).Select(column => new CsvColumn<IndicatorRow>(column.Key, column.Value))];

    private static readonly CsvColumn<ConstantRow>[] ConstantColumns =
    [
        new("row", at => at.Row),
        .. new[] { "cfo", "pwma", "rvi", "rsi", "macd_hist", "atr_wilder", "kama", "cmf", ZScoreColumn }
            .Select(name => new CsvColumn<IndicatorRow>(name, IndicatorTable.Columns[name]).Of<ConstantRow>(at => at.Indicators)),
        new("mtm_atr_mean", at => at.MtmAtrMean),
        new("chg_pct_max", at => (double?)at.ChgPctMax),
    ];

    /// <inheritdoc/>
    public string Name => "indicators_1m";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(IndicatorTable.Rows(source.Inputs.Minutes(), Options()), Columns)),
        new("indicators_constant", csv => csv.Write(ConstantRows(), ConstantColumns)),
        new("cusum_1m", csv => csv.Write(CusumTable.Rows(source.Inputs.Minutes(), source.Params["ind"]["cusum"].PositiveDouble(CusumMax)), CusumColumns)),
    ];

    /// <summary>
    /// The windows that the published table shows by where its values begin: z-score over the shortest of the features' windows, MtmAtrMean over the window of
    /// the Wilder ATR, ChgPctMax over that of the selection.
    /// </summary>
    private IEnumerable<ConstantRow> ConstantRows()
    {
        var zWindow = source.Params["features"]["z_windows"].Items.Select(item => item.Int(2, MinuteFactorOptions.WindowMax)).Min();
        var momentum = new MtmAtrMean(source.Params["ind"]["atr"].Int(1, FactorCatalog.WindowMax));
        var change = new ChgPctMax(source.Params["factors"]["chg"].Int(1, FactorCatalog.WindowMax));
        var indicators = new IndicatorSet(Options() with { ZScoreWindow = zWindow });
        for (var row = 0; row < ConstantCount; row++)
        {
            var openTimeMs = row * MinuteFactors.MinuteMs;
            var candle = new Kline(
                openTimeMs, ConstantPrice, ConstantPrice, ConstantPrice, ConstantPrice, 0, openTimeMs + MinuteFactors.MinuteMs - 1, 0, 0, 0, 0);
            momentum.Add(candle);
            change.Add(candle);
            yield return new ConstantRow(row, indicators.Add(candle), momentum.Value, change.Value);
        }
    }

    private IndicatorOptions Options()
    {
        var (cta, ind) = (source.Params["cta"], source.Params["ind"]);
        int Window(ParamNode node) => node.Int(1, MinuteFactorOptions.WindowMax);
        return new IndicatorOptions
        {
            CfoWindow = Window(cta["cfo"]),
            PwmaWindow = Window(cta["pwma"]),
            RviWindow = Window(cta["rvi"]),
            RsiWindow = Window(ind["rsi"]),
            MacdFastWindow = Window(ind["macd"][0]),
            MacdSlowWindow = Window(ind["macd"][1]),
            MacdSignalWindow = Window(ind["macd"][2]),
            AtrWindow = Window(ind["atr"]),
            AtrSimpleWindow = Window(ind["atr_sma"]),
            KamaWindow = Window(ind["kama"]),
            CmfWindow = Window(ind["cmf"]),
            SmaFastWindow = Window(ind["sma"][0]),
            SmaSlowWindow = Window(ind["sma"][1]),
            EmaWindow = Window(ind["ema"]),
            Garch = Garch(ind["garch"]),
            GarchWarmUp = Window(ind["garch"][3]),
            GarchHorizon = GarchHorizon,
        };
    }

    /// <summary>Written [omega, alpha, beta, warm-up].</summary>
    private static GarchParameters Garch(ParamNode node)
    {
        var garch = new GarchParameters(node[0].PositiveDouble(VarianceMax), node[1].Double(0, 1), node[2].Double(0, 1));
        return garch.Persistence < 1 ? garch : throw node.Wrong("alpha + beta below 1");
    }

    private sealed record ConstantRow(int Row, IndicatorRow Indicators, double? MtmAtrMean, decimal? ChgPctMax);
}
