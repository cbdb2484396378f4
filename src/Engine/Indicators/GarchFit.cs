namespace Granary.Engine.Indicators;

/// <summary>What a GARCH(1,1) estimation found.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="LogLikelihood">Gaussian log likelihood of the returns under them.</param>
/// <param name="Evaluations">Likelihoods computed.</param>
/// <param name="Converged">Whether the search ended because it could not improve, and not because it had used all its evaluations.</param>
public readonly record struct GarchFit(GarchParameters Parameters, double LogLikelihood, int Evaluations, bool Converged);
