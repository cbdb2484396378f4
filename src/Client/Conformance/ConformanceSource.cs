namespace Granary.Client.Conformance;

/// <summary>What tables are computed from.</summary>
/// <param name="Params">The parameters, params.json.</param>
/// <param name="Inputs">The input files.</param>
public sealed record ConformanceSource(ParamNode Params, ConformanceInputs Inputs)
{
    /// <summary>Opens a folder that holds params.json and inputs/.</summary>
    /// <exception cref="ConformanceException">params.json is absent or not a JSON object.</exception>
    public static ConformanceSource Open(string folder) =>
        new(ParamNode.Load(Path.Combine(folder, "params.json")), new ConformanceInputs(Path.Combine(folder, "inputs")));
}
