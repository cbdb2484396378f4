using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Grains.Explanations;

/// <summary>The JSON of explanations and features: camel case, missing values left out, numbers as they are.</summary>
internal static class WhyJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(), new ZScoresJsonConverter() },
    };
}
