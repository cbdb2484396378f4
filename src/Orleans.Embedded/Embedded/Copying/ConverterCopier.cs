using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Copying;

/// <summary>Values of foreign types are copied by way of their surrogates.</summary>
internal sealed class ConverterCopier<TValue, TSurrogate>(IConverter<TValue, TSurrogate> converter) : Copier<TValue>
    where TSurrogate : struct
{
    internal override TValue Copy(TValue value, CopyContext context)
    {
        if (!typeof(TValue).IsValueType && context.TryGetCopy(value!, out var known)) return (TValue)known!;
        var surrogate = context.Copy(converter.ConvertToSurrogate(in value));
        var copy = converter.ConvertFromSurrogate(in surrogate);
        if (!typeof(TValue).IsValueType) context.Record(value!, copy!);
        return copy;
    }
}
