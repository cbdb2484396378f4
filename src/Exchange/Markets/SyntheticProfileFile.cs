using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Exchange.Markets;

/// <summary>Reads how synthetic symbols behave: a JSON array of profiles, such as [{"symbol":"BTCUSDT","price":64000,"clustering":0.6,"spreadBps":2}].</summary>
public static class SyntheticProfileFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file; what a profile does not name is its default.</summary>
    /// <exception cref="InvalidDataException">Names the file and the place that is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<SyntheticProfile> Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SyntheticProfile[]>(File.ReadAllText(path), s_json)
                ?? throw new InvalidDataException($"{path}: the file holds null; give an array of profiles");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }
}
