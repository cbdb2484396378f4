using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Engine.Features;

namespace Granary.Grains.Explanations;

/// <summary>Z-scores as people read them: by feature, then by window in bars; features without any value are left out.</summary>
internal sealed class ZScoresJsonConverter : JsonConverter<ZScores>
{
    public override ZScores Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("z-scores are shown as JSON, never read from it");

    public override void Write(Utf8JsonWriter writer, ZScores value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var feature in Enum.GetValues<ZFeature>())
        {
            if (value.Windows.All(window => value[feature, window] is null)) continue;
            writer.WriteStartObject(JsonNamingPolicy.CamelCase.ConvertName(feature.ToString()));
            foreach (var window in value.Windows)
            {
                if (value[feature, window] is { } score) writer.WriteNumber(window.ToString(System.Globalization.CultureInfo.InvariantCulture), score);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
