using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// Estimates GARCH(1,1) by Gaussian quasi-likelihood (formulas §7.8). Give it past returns only: the fit of a day may serve the next one.
/// <para>
/// The search is Nelder and Mead's simplex on three free numbers, from which ω, α and β follow such that the constraints (ω above 0, α and β 0 or more,
/// α + β below 1) hold wherever it goes: the persistence α + β and the share of α in it as logistic functions, the long-run variance as an exponential. It
/// begins at the best two of a fixed grid, begins again once where it ended, and is bounded by <see cref="EvaluationsMax"/>: the same returns always give
/// the same answer in a bounded time. The recursion starts from the mean square of all returns given, which are all past when the fit is used.
/// </para>
/// </summary>
public static class GarchEstimator
{
    /// <summary>The fewest returns from which parameters are estimated: 100.</summary>
    public const int ReturnsMin = 100;

    /// <summary>Likelihoods after which an estimation begins no further step: 3,000. A step computes at most five.</summary>
    public const int EvaluationsMax = 3_000;

    private const int Dimensions = 3;
    private const double PersistenceMax = 0.9999;

    // Variances are searched in units of the mean square, within a factor e^±8 of it.
    private const double LogVarianceMax = 8;

    /// <summary>The parameters under which the returns are likeliest.</summary>
    /// <param name="logReturns">Past log returns, oldest first, <see cref="ReturnsMin"/> or more, finite.</param>
    /// <returns>The fit; null when every return is 0, or so small that its square is.</returns>
    /// <exception cref="ArgumentException">There are too few returns, or one of them is not finite.</exception>
    public static GarchFit? Fit(ReadOnlySpan<double> logReturns)
    {
        if (logReturns.Length < ReturnsMin)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{logReturns.Length} returns are too few to estimate GARCH, expected {ReturnsMin} or more"), nameof(logReturns));
        }
        foreach (var item in logReturns) Require.Finite(item, nameof(logReturns));
        var meanSquare = CompensatedSum.OfSquares(logReturns) / logReturns.Length;
        if (meanSquare == 0) return null;

        var squares = new double[logReturns.Length];
        for (var i = 0; i < squares.Length; i++) squares[i] = logReturns[i] * logReturns[i] / meanSquare;
        var search = new Search(squares);
        var (point, loss) = search.Run();
        var scaled = Parameters(point);
        var parameters = scaled with { Omega = scaled.Omega * meanSquare };
        var logLikelihood = -0.5 * (loss + (squares.Length * (Math.Log(2 * Math.PI) + Math.Log(meanSquare))));
        return new GarchFit(parameters, logLikelihood, search.Evaluations, search.Converged);
    }

    private static GarchParameters Parameters(ReadOnlySpan<double> point)
    {
        var persistence = PersistenceMax * Logistic(point[0]);
        var alpha = persistence * Logistic(point[1]);
        var variance = Math.Exp(Math.Clamp(point[2], -LogVarianceMax, LogVarianceMax));
        return new GarchParameters(variance * (1 - persistence), alpha, persistence - alpha);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Logit(double p) => Math.Log(p / (1 - p));

    /// <summary>The simplex search over one series of squared returns, in units of their mean.</summary>
    private sealed class Search(double[] squares)
    {
        private const double PointTolerance = 1e-7;
        private const double LossTolerance = 1e-11;

        private static readonly (double Alpha, double Beta)[] Starts =
            [(0.02, 0.97), (0.05, 0.93), (0.1, 0.88), (0.05, 0.85), (0.1, 0.8), (0.2, 0.7), (0.3, 0.5), (0.1, 0.5), (0.3, 0.2), (0.05, 0.1)];

        private readonly double[][] _points = [new double[Dimensions], new double[Dimensions], new double[Dimensions], new double[Dimensions]];
        private readonly double[] _losses = new double[Dimensions + 1];
        private readonly double[] _centre = new double[Dimensions];
        private readonly double[] _trial = new double[Dimensions];
        private readonly double[] _further = new double[Dimensions];

        public int Evaluations { get; private set; }

        public bool Converged { get; private set; }

        public (double[] Point, double Loss) Run()
        {
            var starts = new List<(double[] Point, double Loss)>();
            foreach (var (alpha, beta) in Starts)
            {
                double[] point = [Logit((alpha + beta) / PersistenceMax), Logit(alpha / (alpha + beta)), 0];
                starts.Add((point, Loss(point)));
            }
            starts.Sort((a, b) => a.Loss.CompareTo(b.Loss));

            // A third of the evaluations for each of the two starts and for the second go at what the better one found.
            var first = Descend(starts[0].Point, EvaluationsMax / 3);
            var second = Descend(starts[1].Point, 2 * EvaluationsMax / 3);
            return Descend(second.Loss < first.Loss ? second.Point : first.Point, EvaluationsMax);
        }

        private (double[] Point, double Loss) Descend(double[] start, int evaluationsMax)
        {
            Converged = false;
            for (var i = 0; i <= Dimensions; i++)
            {
                start.CopyTo(_points[i], 0);
                if (i > 0) _points[i][i - 1] += 0.5;
                _losses[i] = Loss(_points[i]);
            }
            while (true)
            {
                Sort();
                Converged = IsSmall();
                if (Converged || Evaluations >= evaluationsMax) return ([.. _points[0]], _losses[0]);
                Step();
            }
        }

        private void Step()
        {
            Centre();
            var worst = _losses[Dimensions];
            var reflected = Try(_trial, 1);
            if (reflected < _losses[0])
            {
                var expanded = Try(_further, 2);
                Replace(expanded < reflected ? _further : _trial, Math.Min(expanded, reflected));
                return;
            }
            if (reflected < _losses[Dimensions - 1])
            {
                Replace(_trial, reflected);
                return;
            }
            var contracted = Try(_further, reflected < worst ? 0.5 : -0.5);
            if (contracted < Math.Min(reflected, worst))
            {
                Replace(_further, contracted);
                return;
            }
            for (var i = 1; i <= Dimensions; i++)
            {
                for (var d = 0; d < Dimensions; d++) _points[i][d] = _points[0][d] + (0.5 * (_points[i][d] - _points[0][d]));
                _losses[i] = Loss(_points[i]);
            }
        }

        private double Try(double[] point, double reach)
        {
            for (var d = 0; d < Dimensions; d++) point[d] = _centre[d] + (reach * (_centre[d] - _points[Dimensions][d]));
            return Loss(point);
        }

        private void Replace(double[] point, double loss)
        {
            point.CopyTo(_points[Dimensions], 0);
            _losses[Dimensions] = loss;
        }

        private void Centre()
        {
            for (var d = 0; d < Dimensions; d++) _centre[d] = (_points[0][d] + _points[1][d] + _points[2][d]) / Dimensions;
        }

        // By insertion: four points, and equal ones keep their order.
        private void Sort()
        {
            for (var i = 1; i <= Dimensions; i++)
            {
                for (var j = i; j > 0 && _losses[j] < _losses[j - 1]; j--)
                {
                    (_losses[j], _losses[j - 1]) = (_losses[j - 1], _losses[j]);
                    (_points[j], _points[j - 1]) = (_points[j - 1], _points[j]);
                }
            }
        }

        private bool IsSmall()
        {
            if (_losses[Dimensions] - _losses[0] > LossTolerance * Math.Abs(_losses[0])) return false;
            for (var i = 1; i <= Dimensions; i++)
            {
                for (var d = 0; d < Dimensions; d++)
                {
                    if (Math.Abs(_points[i][d] - _points[0][d]) > PointTolerance * (1 + Math.Abs(_points[0][d]))) return false;
                }
            }
            return true;
        }

        /// <summary>Minus twice the log likelihood, without its constant.</summary>
        private double Loss(double[] point)
        {
            Evaluations++;
            var (omega, alpha, beta) = Parameters(point);
            double h = 1, loss = 0;
            foreach (var square in squares)
            {
                loss += Math.Log(h) + (square / h);
                h = omega + (alpha * square) + (beta * h);
            }
            return double.IsFinite(loss) ? loss : double.MaxValue;
        }
    }
}
