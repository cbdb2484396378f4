using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Indicators;

namespace Granary.Engine.Tests.Indicators;

public sealed class GarchTests
{
    private static readonly GarchParameters Truth = new(2e-8, 0.08, 0.9);

    [Fact]
    public void The_filter_follows_its_recursion_and_publishes_from_the_end_of_the_warm_up()
    {
        var filter = new GarchFilter(Truth, 3);
        double[] returns = [0.001, -0.002, 0.0005, 0.003];
        var h = ((1e-6) + (4e-6) + (2.5e-7)) / 3;
        for (var i = 0; i < returns.Length; i++)
        {
            var published = filter.Add(returns[i]);
            h = 2e-8 + (0.08 * returns[i] * returns[i]) + (0.9 * h);
            if (i < 2) published.ShouldBeNull();
            else published!.Value.ShouldBe(h, 1e-18);
        }
        filter.Forecast(1).ShouldBe(filter.VarianceNext);
        filter.Forecast(2)!.Value.ShouldBe(2e-8 + (0.98 * h), 1e-18);
        filter.Forecast(100_000)!.Value.ShouldBe(Truth.LongRunVariance, 1e-18);
        Should.Throw<ArgumentOutOfRangeException>(() => filter.Forecast(0));
    }

    [Fact]
    public void Parameters_outside_their_ranges_are_named()
    {
        Should.Throw<ArgumentException>(() => new GarchFilter(default, 10)).Message.ShouldContain("Omega");
        Should.Throw<ArgumentException>(() => new GarchFilter(Truth with { Alpha = -0.1 }, 10)).Message.ShouldContain("Alpha");
        Should.Throw<ArgumentException>(() => new GarchFilter(Truth with { Beta = double.NaN }, 10)).Message.ShouldContain("Beta");
        Should.Throw<ArgumentException>(() => new GarchFilter(Truth with { Beta = 0.92 }, 10)).Message.ShouldContain("Alpha + Beta");
        Should.Throw<ArgumentException>(() => new GarchFilter(Truth, 0));
    }

    [Fact]
    public void The_estimate_finds_what_a_long_series_was_made_with()
    {
        var fit = GarchEstimator.Fit(Simulate(Truth, 11, 20_000)).ShouldNotBeNull();
        fit.Converged.ShouldBeTrue();
        fit.Evaluations.ShouldBeLessThanOrEqualTo(GarchEstimator.EvaluationsMax + 5);
        fit.Parameters.Alpha.ShouldBe(0.08, 0.015);
        fit.Parameters.Beta.ShouldBe(0.9, 0.02);
        fit.Parameters.LongRunVariance.ShouldBe(1e-6, 2e-7);
    }

    [Fact]
    public void No_parameters_nearby_or_true_are_likelier()
    {
        (GarchParameters, int)[] cases = [(Truth, 1), (new(1e-6, 0.3, 0.5), 2), (new(1e-6, 0.05, 0.05), 3), (new(1e-9, 0.02, 0.975), 4)];
        foreach (var (parameters, seed) in cases)
        {
            var returns = Simulate(parameters, seed, 3_000);
            var fit = GarchEstimator.Fit(returns).ShouldNotBeNull();
            LogLikelihood(fit.Parameters, returns).ShouldBe(fit.LogLikelihood, 1e-9 * Math.Abs(fit.LogLikelihood));
            var slack = 1e-6;
            LogLikelihood(parameters, returns).ShouldBeLessThan(fit.LogLikelihood + slack);
            foreach (var factor in (double[])[0.9, 0.99, 1.01, 1.1])
            {
                LogLikelihood(fit.Parameters with { Omega = fit.Parameters.Omega * factor }, returns).ShouldBeLessThan(fit.LogLikelihood + slack);
                if (fit.Parameters.Persistence * factor >= 0.9999) continue;
                LogLikelihood(fit.Parameters with { Alpha = fit.Parameters.Alpha * factor }, returns).ShouldBeLessThan(fit.LogLikelihood + slack);
                LogLikelihood(fit.Parameters with { Beta = fit.Parameters.Beta * factor }, returns).ShouldBeLessThan(fit.LogLikelihood + slack);
            }
        }
    }

    [Fact]
    public void The_constraints_hold_for_any_returns_and_the_answer_is_always_the_same()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var scale = Math.Pow(10, random.Next(-9, 1));
            var kind = random.Next(4);
            var returns = Enumerable.Range(0, 150).Select(i => scale * (kind switch
            {
                0 => random.NextDouble() - 0.5,
                1 => random.Next(20) == 0 ? random.NextDouble() - 0.5 : 0,
                2 => i == 70 ? 1 : 1e-6 * random.NextDouble(),
                _ => i % 2 == 0 ? 1 : -1,
            })).ToArray();
            var fit = GarchEstimator.Fit(returns);
            if (returns.All(item => item == 0))
            {
                fit.ShouldBeNull();
                return;
            }
            var parameters = fit!.Value.Parameters;
            Should.NotThrow(parameters.Validate);
            double.IsFinite(fit.Value.LogLikelihood).ShouldBeTrue();
            GarchEstimator.Fit(returns).ShouldBe(fit);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void The_unit_of_the_returns_does_not_matter()
    {
        var returns = Simulate(Truth, 5, 2_000);
        var fit = GarchEstimator.Fit(returns)!.Value.Parameters;
        var scaled = GarchEstimator.Fit(Array.ConvertAll(returns, item => item * 1024))!.Value.Parameters;
        scaled.Alpha.ShouldBe(fit.Alpha, 1e-6);
        scaled.Beta.ShouldBe(fit.Beta, 1e-6);
        (scaled.Omega / 1024 / 1024).ShouldBe(fit.Omega, 1e-6 * fit.Omega);
    }

    [Fact]
    public void Too_few_returns_and_returns_without_movement_have_no_estimate()
    {
        Should.Throw<ArgumentException>(() => GarchEstimator.Fit(new double[99])).Message.ShouldContain("99");
        GarchEstimator.Fit(new double[100]).ShouldBeNull();
        var broken = new double[100];
        broken[7] = double.NaN;
        Should.Throw<ArgumentException>(() => GarchEstimator.Fit(broken));
    }

    private static double[] Simulate(GarchParameters parameters, int seed, int count)
    {
        var random = new Random(seed);
        var returns = new double[count];
        var h = parameters.LongRunVariance;
        for (var i = 0; i < count; i++)
        {
            var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            returns[i] = Math.Sqrt(h) * gauss;
            h = parameters.Next(h, returns[i]);
        }
        return returns;
    }

    private static double LogLikelihood(GarchParameters parameters, double[] returns)
    {
        var h = returns.Sum(item => item * item) / returns.Length;
        var sum = 0.0;
        foreach (var item in returns)
        {
            sum -= 0.5 * (Math.Log(2 * Math.PI * h) + (item * item / h));
            h = parameters.Next(h, item);
        }
        return sum;
    }
}
