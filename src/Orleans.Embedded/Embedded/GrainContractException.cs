namespace Orleans.Embedded;

/// <summary>Grain interfaces, grain classes or the types they carry break a rule; the silo does not start.</summary>
public sealed class GrainContractException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">Each names interface, method, type and member, and says what to do.</param>
    public GrainContractException(IReadOnlyList<string> problems)
        : base($"The silo cannot start: {problems.Count} problem(s) in grain interfaces.{Environment.NewLine}{string.Join(Environment.NewLine, problems)}") => Problems = problems;

    /// <summary>Each names interface, method, type and member, and says what to do.</summary>
    public IReadOnlyList<string> Problems { get; }
}
