using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Exchange.Faults;

/// <summary>A seed and rules, as they stand in a script file or in the body of POST /granary/faults.</summary>
/// <param name="Seed">Seed of the rules' chances; null keeps the running one.</param>
/// <param name="Rules">The rules, tried in this order.</param>
public sealed record FaultScript(ulong? Seed, IReadOnlyList<FaultRule> Rules)
{
    private const int RulesMax = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads a script: {"seed":1,"rules":[{"kind":"LostAfter","request":"POST /fapi/v1/order","times":1}]}.</summary>
    /// <exception cref="ArgumentException">It is no such script; the message says where.</exception>
    public static FaultScript Parse(string text)
    {
        FaultScript? script;
        try
        {
            script = JsonSerializer.Deserialize<FaultScript>(text, Json);
        }
        catch (JsonException malformed)
        {
            throw new ArgumentException($"the fault script is malformed: {malformed.Message}", malformed);
        }
        if (script?.Rules is null || script.Rules.Count > RulesMax) throw new ArgumentException($"a fault script needs rules, at most {RulesMax}");
        foreach (var rule in script.Rules) rule.Validate();
        return script;
    }

    /// <summary>Reads a script file.</summary>
    /// <exception cref="ArgumentException">It is no such script; file and place are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaultScript Load(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            return Parse(text);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"{path}: {wrong.Message}", wrong);
        }
    }
}
